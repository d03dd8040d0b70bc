#include "services/progress/adapters/ledger_tail.h"

#include <algorithm>
#include <utility>

namespace edirae::progress {

void LedgerTail::Add(const IndexedEvent& event) {
  const auto index = static_cast<int32_t>(events_.size());
  const auto [newest, first] = newest_.try_emplace(IdHashOf(event.learner_id), index);
  events_.push_back({event.position, event.learner_seq, first ? kNone : std::exchange(newest->second, index)});
  if (!event.request_id.empty()) requests_.try_emplace(IdHashOf(event.learner_id, event.request_id), event.position);
}

void LedgerTail::Forget(absl::string_view learner_id, const std::vector<std::string>& request_ids) {
  newest_.erase(IdHashOf(learner_id));
  for (const std::string& request_id : request_ids) requests_.erase(IdHashOf(learner_id, request_id));
}

std::optional<int64_t> LedgerTail::FindRequest(absl::string_view learner_id, absl::string_view request_id) const {
  const auto found = requests_.find(IdHashOf(learner_id, request_id));
  return found == requests_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<int64_t> LedgerTail::LastSeq(absl::string_view learner_id) const {
  const auto found = newest_.find(IdHashOf(learner_id));
  if (found == newest_.end()) return std::nullopt;
  return events_[static_cast<size_t>(found->second)].learner_seq;
}

void LedgerTail::AppendPositions(absl::string_view learner_id, int64_t after_seq,
                                 std::vector<int64_t>& positions) const {
  const auto found = newest_.find(IdHashOf(learner_id));
  if (found == newest_.end()) return;
  const auto begin = static_cast<ptrdiff_t>(positions.size());
  for (int32_t at = found->second; at != kNone; at = events_[static_cast<size_t>(at)].before) {
    if (events_[static_cast<size_t>(at)].learner_seq <= after_seq) break;
    positions.push_back(events_[static_cast<size_t>(at)].position);
  }
  std::reverse(positions.begin() + begin, positions.end());
}

}  // namespace edirae::progress
