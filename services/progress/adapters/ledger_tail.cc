#include "services/progress/adapters/ledger_tail.h"

#include <algorithm>

#include "xxhash.h"

namespace edirae::progress {

LedgerTail::Hash LedgerTail::HashOf(absl::string_view learner_id) {
  const XXH128_hash_t hash = XXH3_128bits(learner_id.data(), learner_id.size());
  return {hash.high64, hash.low64};
}

LedgerTail::Hash LedgerTail::HashOf(absl::string_view learner_id, absl::string_view request_id) {
  const uint64_t learner = XXH3_64bits(learner_id.data(), learner_id.size());
  const XXH128_hash_t hash = XXH3_128bits_withSeed(request_id.data(), request_id.size(), learner);
  return {hash.high64 ^ learner, hash.low64};
}

void LedgerTail::Add(const IndexedEvent& event) {
  const auto index = static_cast<int32_t>(events_.size());
  const auto [newest, first] = newest_.try_emplace(HashOf(event.learner_id), index);
  events_.push_back({event.position, event.learner_seq, first ? kNone : std::exchange(newest->second, index)});
  if (!event.request_id.empty()) requests_.try_emplace(HashOf(event.learner_id, event.request_id), event.position);
}

void LedgerTail::Forget(absl::string_view learner_id, const std::vector<std::string>& request_ids) {
  newest_.erase(HashOf(learner_id));
  for (const std::string& request_id : request_ids) requests_.erase(HashOf(learner_id, request_id));
}

std::optional<int64_t> LedgerTail::FindRequest(absl::string_view learner_id, absl::string_view request_id) const {
  const auto found = requests_.find(HashOf(learner_id, request_id));
  return found == requests_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<int64_t> LedgerTail::LastSeq(absl::string_view learner_id) const {
  const auto found = newest_.find(HashOf(learner_id));
  if (found == newest_.end()) return std::nullopt;
  return events_[static_cast<size_t>(found->second)].learner_seq;
}

void LedgerTail::AppendPositions(absl::string_view learner_id, int64_t after_seq,
                                 std::vector<int64_t>& positions) const {
  const auto found = newest_.find(HashOf(learner_id));
  if (found == newest_.end()) return;
  const auto begin = static_cast<ptrdiff_t>(positions.size());
  for (int32_t at = found->second; at != kNone; at = events_[static_cast<size_t>(at)].before) {
    if (events_[static_cast<size_t>(at)].learner_seq <= after_seq) break;
    positions.push_back(events_[static_cast<size_t>(at)].position);
  }
  std::reverse(positions.begin() + begin, positions.end());
}

}  // namespace edirae::progress
