#include "tests/simulation/simulated_bus.h"

#include <utility>

namespace edirae::simulation {
namespace {

constexpr std::chrono::minutes kDuplicateWindow(2);

}  // namespace

absl::Status SimulatedBus::Make() {
  if (exists_) return absl::OkStatus();
  exists_ = true;
  ++made_;
  return absl::OkStatus();
}

void SimulatedBus::SetReachable(bool reachable) {
  if (!reachable) ++readings_;
  reachable_ = reachable;
}

void SimulatedBus::Remove() {
  ++readings_;
  exists_ = false;
  kept_.clear();
  ids_.clear();
}

absl::StatusOr<nats::StreamState> SimulatedBus::GetState() const {
  if (!exists_) return absl::NotFoundError("there is no stream");
  nats::StreamState state;
  state.created = absl::FromUnixSeconds(1'700'000'000 + made_);
  state.first_seq = 1;
  state.last_seq = last_seq();
  for (const Kept& kept : kept_) state.messages += kept.message != nullptr ? 1 : 0;
  return state;
}

absl::StatusOr<nats::PubAck> SimulatedBus::Store(std::shared_ptr<const nats::OutgoingMessage> message) {
  if (!exists_) return absl::NotFoundError("no stream takes this");
  const auto [known, is_new] = ids_.try_emplace(message->id);
  if (!is_new && time_.steady() - known->second.time < kDuplicateWindow) {
    return nats::PubAck{.seq = known->second.seq, .duplicate = true};
  }
  if (full_) {
    if (is_new) ids_.erase(known);
    return absl::ResourceExhaustedError("the stream is full");
  }
  kept_.push_back({.message = std::move(message), .copy = ++copies_});
  known->second = {.seq = last_seq(), .time = time_.steady()};
  return nats::PubAck{.seq = last_seq(), .duplicate = false};
}

const SimulatedBus::Kept* SimulatedBus::Find(uint64_t seq) const {
  if (!exists_ || seq == 0 || seq > kept_.size() || kept_[seq - 1].message == nullptr) return nullptr;
  return &kept_[seq - 1];
}

absl::StatusOr<nats::StoredMessage> SimulatedBus::GetMessage(uint64_t seq) const {
  const Kept* kept = Find(seq);
  if (kept == nullptr) return absl::NotFoundError("no message at this place");
  const nats::OutgoingMessage& message = *kept->message;
  return nats::StoredMessage{.subject = message.subject,
                             .headers = {message.headers.begin(), message.headers.end()},
                             .payload = message.payload,
                             .time = absl::FromUnixNanos(static_cast<int64_t>(kept->copy))};
}

absl::Status SimulatedBus::EraseMessage(uint64_t seq) {
  if (Find(seq) == nullptr) return absl::NotFoundError("no message at this place");
  kept_[seq - 1].message.reset();
  return absl::OkStatus();
}

void SimulatedBus::RollBack(uint64_t last) {
  ++readings_;
  if (last < last_seq()) kept_.resize(last);
  std::erase_if(ids_, [last](const auto& id) { return id.second.seq > last; });
}

std::map<uint64_t, std::string> SimulatedBus::Ids() const {
  std::map<uint64_t, std::string> ids;
  for (size_t i = 0; i < kept_.size(); ++i) {
    if (kept_[i].message != nullptr) ids[i + 1] = kept_[i].message->id;
  }
  return ids;
}

}  // namespace edirae::simulation
