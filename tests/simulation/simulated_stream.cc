#include "tests/simulation/simulated_stream.h"

#include <utility>

#include "absl/time/time.h"
#include "services/progress/limits.h"

namespace edirae::simulation {
namespace {

absl::Status Unreachable() { return absl::UnavailableError("not connected"); }

}  // namespace

absl::StatusOr<nats::StreamState> SimulatedStream::GetState() {
  if (!connected()) return Unreachable();
  return bus_.GetState();
}

absl::Status SimulatedStream::Make() { return connected() ? bus_.Make() : Unreachable(); }

absl::Status SimulatedStream::Remove() {
  if (!connected()) return Unreachable();
  bus_.Remove();
  return absl::OkStatus();
}

absl::StatusOr<nats::StoredMessage> SimulatedStream::GetMessage(uint64_t seq) {
  if (!connected()) return Unreachable();
  return bus_.GetMessage(seq);
}

absl::Status SimulatedStream::EraseMessage(uint64_t seq) {
  return connected() ? bus_.EraseMessage(seq) : Unreachable();
}

absl::Status SimulatedStream::Publish(const progress::RelayWindow::Group& group) {
  if (!connected()) return Unreachable();
  Group sent{.first = group.first, .messages = {}, .sent = time_.steady()};
  for (const nats::OutgoingMessage* message : group.messages) {
    sent.messages.push_back(std::make_shared<const nats::OutgoingMessage>(*message));
  }
  under_way_.push_back(std::move(sent));
  return absl::OkStatus();
}

std::vector<progress::PublishAnswer> SimulatedStream::TakeAnswers() { return std::exchange(arrived_, {}); }

absl::Status SimulatedStream::Drain(absl::Duration) {
  Carry(under_way_.size());
  Arrive(true);
  return absl::OkStatus();
}

void SimulatedStream::Carry(size_t groups) {
  for (; groups > 0 && !under_way_.empty(); --groups) {
    CarryOne(under_way_.front());
    under_way_.pop_front();
  }
  Arrive(false);
}

void SimulatedStream::CarryOne(const Group& group) {
  absl::StatusOr<nats::PubAck> last = absl::DeadlineExceededError("no answer");
  for (const auto& message : group.messages) {
    if (dice_.Chance(weather_.lose_message)) {
      last = absl::DeadlineExceededError("no answer");
    } else {
      last = bus_.Store(message);
    }
  }
  if (dice_.Chance(weather_.lose_answer)) last = absl::DeadlineExceededError("no answer");
  const bool in_time = last.status().code() != absl::StatusCode::kDeadlineExceeded;
  const auto timeout = absl::ToChronoNanoseconds(in_time ? absl::ZeroDuration() : progress::limits::kRelayAckTimeout);
  late_.push_back({{group.first, std::move(last)}, group.sent + timeout});
}

void SimulatedStream::Arrive(bool all) {
  if (weather_.lose_answer > 0) dice_.Shuffle(late_);
  std::vector<Late> still_late;
  for (Late& late : late_) {
    const bool arrives = all || (late.due <= time_.steady() && (weather_.lose_answer == 0 || dice_.Chance(70)));
    if (arrives) {
      arrived_.push_back(std::move(late.answer));
    } else {
      still_late.push_back(std::move(late));
    }
  }
  late_ = std::move(still_late);
}

void SimulatedStream::Break() {
  Carry(dice_.Below(under_way_.size() + 1));
  for (const Group& group : under_way_) {
    late_.push_back({{group.first, Unreachable()}, {}});
  }
  if (!under_way_.empty()) {  // of the first, the server may have taken a part
    const auto& messages = under_way_.front().messages;
    for (size_t i = 0, end = dice_.Below(messages.size() + 1); i < end; ++i) bus_.Store(messages[i]).IgnoreError();
  }
  under_way_.clear();
  for (Late& late : late_) {
    if (!late.answer.ack.ok() || dice_.Chance(50)) late.answer.ack = Unreachable();
    late.due = {};
  }
  Arrive(true);
}

}  // namespace edirae::simulation
