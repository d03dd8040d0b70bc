#ifndef EDIRAE_SERVICES_RECOMMEND_ADAPTERS_EVENT_FEED_H_
#define EDIRAE_SERVICES_RECOMMEND_ADAPTERS_EVENT_FEED_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "common/nats/connection.h"
#include "common/nats/jetstream.h"
#include "common/nats/stream_reader.h"
#include "services/recommend/adapters/owned_partitions.h"
#include "services/recommend/adapters/partition_keeper.h"
#include "services/recommend/adapters/read_progress.h"
#include "services/recommend/adapters/receipt.h"

namespace edirae::recommend {

// The stream of learner events; progress creates it.
inline constexpr char kEventStream[] = "LEARNER_EVENTS";

// The events of those partitions that this process owns. How far they were read stands in the partition table, and not
// in the bus: the stream is read as a whole, by a reader that is made anew behind the lowest place whenever a partition
// is taken over, a message has to come again, one did not arrive, or the bus was away. What was here before is passed
// over. For one thread; receipts are for any.
class EventFeed {
 public:
  // Everything that is known of these partitions has to be forgotten.
  using LetGo = std::function<void(const PartitionSet&)>;

  // What it reads by; all must outlive it. `progress` outlives the receipts, too.
  struct Parts {
    PartitionKeeper& keeper;
    OwnedPartitions& owned;
    const std::shared_ptr<ReadProgress> progress;
    const LetGo let_go;
  };

  // The readers' names begin with `name`. Takes over at once what has been claimed already.
  EventFeed(const nats::Connection& connection, std::string name, Parts parts);
  // What is there, waiting limits::kFetchWait for the first. Makes whatever is missing for that; an error when the bus
  // cannot be read now.
  absl::StatusOr<std::vector<nats::Message>> Fetch();

  // A message that is to be applied.
  struct Wanted {
    int partition = 0;  // as its subject says
    int64_t opening = 0;
    int64_t seq = 0;
  };
  // None of a message that was fetched and is somebody else's, or was here before.
  std::optional<Wanted> Want(const nats::Message& message);

  std::unique_ptr<Receipt> ReceiptOf(const Wanted& wanted);
  // It can never be applied.
  void Drop(const Wanted& wanted);

  // How many messages of the stream were not fetched yet. Errors of StreamReader::Lag.
  absl::StatusOr<uint64_t> Lag();

 private:
  void TakeOver(const PartitionKeeper::Changes& changes);
  absl::Status Restart();
  // When the stream stored a message, Unix nanoseconds. NOT_FOUND when there is none.
  absl::StatusOr<int64_t> TimeAt(int64_t seq);

  const nats::Connection& connection_;
  const std::string name_;
  const Parts parts_;
  nats::JetStream jetstream_;
  std::unique_ptr<nats::StreamReader> reader_;  // null when the stream is to be read anew
};

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_ADAPTERS_EVENT_FEED_H_
