#ifndef EDIRAE_SERVICES_RECOMMEND_ADAPTERS_PARTITION_FEED_H_
#define EDIRAE_SERVICES_RECOMMEND_ADAPTERS_PARTITION_FEED_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "common/nats/connection.h"
#include "common/nats/pull_consumer.h"
#include "services/recommend/adapters/event_feed.h"
#include "services/recommend/adapters/owned_partitions.h"
#include "services/recommend/adapters/partition_keeper.h"
#include "services/recommend/adapters/read_progress.h"

namespace edirae::recommend {

// The events of those partitions that this replica owns. How far they were read stands in the partition table, and not
// in the bus: the stream is read as a whole by a consumer without acknowledgements, whose messages must follow each
// other without a gap, and that is made anew behind the lowest place whenever a partition is taken over, a message has
// to come again, one did not arrive, or the bus was away. What was here before is passed over.
class PartitionFeed final : public EventFeed {
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

  // The consumers' names begin with `name`.
  PartitionFeed(const nats::Connection& connection, std::string name, Parts parts);
  ~PartitionFeed() override;

  absl::StatusOr<std::vector<nats::Message>> Fetch() override;
  bool Wants(const nats::Message& message) override;
  std::unique_ptr<Receipt> ReceiptOf(nats::Message& message, int partition) override;
  void Drop(nats::Message& message) override;
  absl::StatusOr<nats::ConsumerState> Measure() override;

 private:
  void TakeOver(const PartitionKeeper::Changes& changes);
  absl::Status Restart();
  void Close();

  const nats::Connection& connection_;
  const std::string name_;
  const Parts parts_;
  nats::JetStream jetstream_;
  std::string consumer_;                        // empty: none
  std::unique_ptr<nats::PullConsumer> puller_;  // of that consumer; null when the stream is to be read anew
  uint64_t next_delivery_ = 1;                  // the consumer counts them
};

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_ADAPTERS_PARTITION_FEED_H_
