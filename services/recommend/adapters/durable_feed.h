#ifndef EDIRAE_SERVICES_RECOMMEND_ADAPTERS_DURABLE_FEED_H_
#define EDIRAE_SERVICES_RECOMMEND_ADAPTERS_DURABLE_FEED_H_

#include <memory>
#include <string>
#include <vector>

#include "common/nats/pull_consumer.h"
#include "services/recommend/adapters/event_feed.h"

namespace edirae::recommend {

// The whole stream by a durable consumer, which remembers what was acknowledged and brings the rest again: for a store
// with one owner.
class DurableFeed final : public EventFeed {
 public:
  // INVALID_ARGUMENT or UNAVAILABLE when the connection, which must outlive it, cannot be used.
  static absl::StatusOr<std::unique_ptr<DurableFeed>> Create(const nats::Connection& connection, std::string durable);

  absl::StatusOr<std::vector<nats::Message>> Fetch() override;
  bool Wants(const nats::Message&) override { return true; }
  std::unique_ptr<Receipt> ReceiptOf(nats::Message& message, int partition) override;
  void Drop(nats::Message& message) override;
  absl::StatusOr<nats::ConsumerState> Measure() override { return jetstream_.GetConsumer(kEventStream, durable_); }

 private:
  DurableFeed(const nats::Connection& connection, std::string durable, std::unique_ptr<nats::PullConsumer> puller);
  absl::Status EnsureConsumer();

  const std::string durable_;
  nats::JetStream jetstream_;
  const std::unique_ptr<nats::PullConsumer> puller_;
  bool ensured_ = false;  // the consumer was there when last looked
};

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_ADAPTERS_DURABLE_FEED_H_
