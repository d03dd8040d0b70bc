#include "services/progress/adapters/nats_event_stream.h"

#include <utility>

#include "common/log/log.h"
#include "common/status/macros.h"
#include "services/progress/limits.h"

namespace edirae::progress {

absl::StatusOr<std::unique_ptr<NatsEventStream>> NatsEventStream::Connect(nats::ConnectionOptions connection,
                                                                          const StreamRoom& room,
                                                                          std::function<void()> on_answer) {
  EDIRAE_ASSIGN_OR_RETURN(auto connected, nats::Connection::Connect(std::move(connection)));
  std::unique_ptr<NatsEventStream> stream(new NatsEventStream(std::move(connected), room, std::move(on_answer)));
  EDIRAE_ASSIGN_OR_RETURN(stream->publisher_, nats::AsyncPublisher::Create(*stream->connection_,
                                                                           {.max_pending = limits::kRelayWindow,
                                                                            .ack_timeout = limits::kRelayAckTimeout}));
  return stream;
}

NatsEventStream::~NatsEventStream() {
  publisher_.reset();
  connection_->Close();
}

absl::StatusOr<nats::StreamState> NatsEventStream::GetState() {
  auto state = jetstream_.GetStream(kLearnerEventStream);
  const bool differs = state.ok() && (state->max_age != room_.max_age || state->max_bytes != room_.max_bytes);
  if (differs && std::exchange(told_of_, state->created) != state->created) {
    log::Warn("the stream of learner events has another room than the settings say, and is left as it is",
              {{"max_days", absl::ToDoubleHours(state->max_age) / 24}, {"max_mib", state->max_bytes >> 20}});
  }
  return state;
}

absl::Status NatsEventStream::Make() {
  nats::StreamSettings settings;
  settings.name = kLearnerEventStream;
  settings.subjects = {"learner.events.v1.>"};
  settings.max_age = room_.max_age;
  settings.max_bytes = room_.max_bytes;
  return jetstream_.EnsureStream(settings);
}

absl::Status NatsEventStream::Publish(const RelayWindow::Group& group) {
  return publisher_->PublishGroup(group.messages, [this, first = group.first](absl::StatusOr<nats::PubAck> ack) {
    const std::lock_guard lock(mutex_);
    answers_.push_back({first, std::move(ack)});
    if (answers_.size() == 1) on_answer_();
  });
}

std::vector<PublishAnswer> NatsEventStream::TakeAnswers() {
  const std::lock_guard lock(mutex_);
  return std::exchange(answers_, {});
}

}  // namespace edirae::progress
