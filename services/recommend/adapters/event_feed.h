#ifndef EDIRAE_SERVICES_RECOMMEND_ADAPTERS_EVENT_FEED_H_
#define EDIRAE_SERVICES_RECOMMEND_ADAPTERS_EVENT_FEED_H_

#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "common/nats/jetstream.h"
#include "common/nats/message.h"
#include "services/recommend/adapters/receipt.h"

namespace edirae::recommend {

// The stream of learner events; progress creates it.
inline constexpr char kEventStream[] = "LEARNER_EVENTS";

// Where a reader of the stream gets its messages, and who remembers how far it is. For one thread; receipts are for
// any.
class EventFeed {
 public:
  virtual ~EventFeed() = default;

  // What is there, waiting limits::kFetchWait for the first. Makes whatever is missing for that; an error when the bus
  // cannot be read now.
  virtual absl::StatusOr<std::vector<nats::Message>> Fetch() = 0;

  // Whether a message that was fetched is to be applied. False for what is somebody else's or was here before.
  virtual bool Wants(const nats::Message& message) = 0;

  // The receipt of a wanted message, whose event is of `partition`; takes the message if it needs it. Null when it came
  // as one of another partition.
  virtual std::unique_ptr<Receipt> ReceiptOf(nats::Message& message, int partition) = 0;
  // A wanted message can never be applied.
  virtual void Drop(nats::Message& message) = 0;

  virtual absl::StatusOr<nats::ConsumerState> Measure() = 0;
};

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_ADAPTERS_EVENT_FEED_H_
