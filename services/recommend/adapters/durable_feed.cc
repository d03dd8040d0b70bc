#include "services/recommend/adapters/durable_feed.h"

#include <utility>

#include "common/log/log.h"
#include "common/status/macros.h"
#include "services/recommend/limits.h"

namespace edirae::recommend {
namespace {

// Failures to tell the bus are not fatal: it delivers again, and the inbox knows repetitions.
void NoteUnsettled(const absl::Status& status) {
  if (!status.ok()) log::Debug("cannot settle a delivery", {{"error", status}});
}

class NatsReceipt final : public Receipt {
 public:
  NatsReceipt(nats::Message message, int partition) : Receipt(partition), message_(std::move(message)) {}

  void Ack() override { NoteUnsettled(message_.Ack()); }
  void Nak(absl::Duration delay) override { NoteUnsettled(message_.Nak(delay)); }

 private:
  nats::Message message_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<DurableFeed>> DurableFeed::Create(const nats::Connection& connection,
                                                                 std::string durable) {
  EDIRAE_ASSIGN_OR_RETURN(auto puller,
                          nats::PullConsumer::Create(
                              connection, {.stream = kEventStream, .durable = durable, .prefetch = limits::kPrefetch}));
  return std::unique_ptr<DurableFeed>(new DurableFeed(connection, std::move(durable), std::move(puller)));
}

DurableFeed::DurableFeed(const nats::Connection& connection, std::string durable,
                         std::unique_ptr<nats::PullConsumer> puller)
    : durable_(std::move(durable)), jetstream_(connection), puller_(std::move(puller)) {}

absl::StatusOr<std::vector<nats::Message>> DurableFeed::Fetch() {
  if (!ensured_) EDIRAE_RETURN_IF_ERROR(EnsureConsumer());
  auto messages = puller_->Fetch(limits::kFetchBatch, limits::kFetchWait);
  if (messages.status().code() == absl::StatusCode::kNotFound) ensured_ = false;
  return messages;
}

absl::Status DurableFeed::EnsureConsumer() {
  EDIRAE_RETURN_IF_ERROR(jetstream_.EnsureConsumer({.stream = kEventStream,
                                                    .durable = durable_,
                                                    .ack_wait = limits::kAckWait,
                                                    .max_ack_pending = limits::kMaxAckPending,
                                                    .inactive_threshold = limits::kDurableLife}));
  ensured_ = true;
  log::Info("reading learner events", {{"stream", kEventStream}, {"durable", durable_}});
  return absl::OkStatus();
}

std::unique_ptr<Receipt> DurableFeed::ReceiptOf(nats::Message& message, int partition) {
  return std::make_unique<NatsReceipt>(std::move(message), partition);
}

void DurableFeed::Drop(nats::Message& message) { NoteUnsettled(message.Term()); }

}  // namespace edirae::recommend
