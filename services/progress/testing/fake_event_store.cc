#include "services/progress/testing/fake_event_store.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_format.h"
#include "common/status/macros.h"

namespace edirae::progress {

absl::StatusOr<int64_t> FakeEventStore::Append(std::span<const NewEvent> events) {
  std::unique_lock guard(mutex_);
  ++held_count_;
  released_.wait(guard, [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return !holding_; });
  --held_count_;
  EDIRAE_RETURN_IF_ERROR(append_error_);
  std::map<std::string, int64_t> next;
  std::set<std::pair<std::string, std::string>> requests;
  for (const NewEvent& event : events) {
    const auto history = histories_.find(event.learner_id);
    const int64_t last = history == histories_.end() ? 0 : static_cast<int64_t>(history->second.size());
    const int64_t expected = next.try_emplace(event.learner_id, last + 1).first->second++;
    if (event.learner_seq != expected) return absl::AbortedError("place in the history is taken");
    if (event.request_id.empty()) continue;
    const std::pair key(event.learner_id, event.request_id);
    if (requests_.contains(key) || !requests.insert(key).second) return absl::AbortedError("request id is taken");
  }
  const int64_t first = static_cast<int64_t>(events_.size()) + 1;
  for (const NewEvent& event : events) {
    histories_[event.learner_id].push_back(events_.size());
    PseudonymUnderLock(event.learner_id);
    const int64_t position = static_cast<int64_t>(events_.size()) + 1;
    events_.push_back({event.learner_id, {position, event.learner_seq, event.payload, ""}});
    if (event.request_id.empty()) continue;
    requests_[{event.learner_id, event.request_id}] = {event.request_digest, event.outcome};
  }
  ++append_count_;
  return first;
}

absl::StatusOr<std::vector<std::optional<StoredRequest>>> FakeEventStore::FindRequests(
    std::span<const RequestKey> keys) {
  const std::lock_guard guard(mutex_);
  std::vector<std::optional<StoredRequest>> found;
  for (const RequestKey& key : keys) {
    const auto at = requests_.find({key.learner_id, key.request_id});
    found.push_back(at == requests_.end() ? std::nullopt : std::optional(at->second));
  }
  return found;
}

absl::StatusOr<std::vector<StoredEvent>> FakeEventStore::ReadLearner(const std::string& learner_id, int64_t after_seq,
                                                                     int max_events, size_t max_bytes) {
  const std::lock_guard guard(mutex_);
  std::vector<StoredEvent> page;
  const auto history = histories_.find(learner_id);
  if (history == histories_.end()) return page;
  size_t bytes = 0;
  for (size_t index : history->second) {
    if (events_[index].event.learner_seq <= after_seq) continue;
    if (static_cast<int>(page.size()) == max_events || bytes >= max_bytes) break;
    page.push_back(events_[index].event);
    bytes += page.back().payload.size();
  }
  return page;
}

absl::StatusOr<int64_t> FakeEventStore::LastSeq(const std::string& learner_id) {
  const std::lock_guard guard(mutex_);
  const auto history = histories_.find(learner_id);
  return history == histories_.end() ? 0 : static_cast<int64_t>(history->second.size());
}

absl::StatusOr<std::vector<StoredEvent>> FakeEventStore::ReadCommitted(int64_t after_position, int max_events) {
  const std::lock_guard guard(mutex_);
  std::vector<StoredEvent> page;
  for (size_t i = static_cast<size_t>(after_position); i < events_.size(); ++i) {
    if (static_cast<int>(page.size()) == max_events) break;
    if (events_[i].erased) continue;
    page.push_back(events_[i].event);
    page.back().pseudonym = PseudonymUnderLock(events_[i].learner_id);
  }
  return page;
}

absl::StatusOr<int64_t> FakeEventStore::LastPosition() {
  const std::lock_guard guard(mutex_);
  return static_cast<int64_t>(events_.size());
}

absl::StatusOr<RelayCursor> FakeEventStore::ReadRelayCursor() {
  const std::lock_guard guard(mutex_);
  return cursor_;
}

absl::Status FakeEventStore::SaveRelayProgress(const RelayCursor& cursor, std::span<const PublishedRun> runs) {
  const std::lock_guard guard(mutex_);
  cursor_ = cursor;
  for (const PublishedRun& run : runs) {
    for (int64_t i = 0; i < run.count; ++i) published_.emplace(run.first_stream_seq + i, run.first_position + i);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<PublishedRun>> FakeEventStore::ReadPublishedRuns() {
  const std::lock_guard guard(mutex_);
  std::vector<PublishedRun> runs;
  for (const auto& [seq, position] : published_) {
    const bool continues = !runs.empty() && seq == runs.back().first_stream_seq + runs.back().count &&
                           position == runs.back().first_position + runs.back().count;
    if (continues) {
      ++runs.back().count;
    } else {
      runs.push_back({position, seq, 1});
    }
  }
  return runs;
}

absl::StatusOr<RelayCursor> FakeEventStore::RewindRelay(int64_t last_stream_seq) {
  const std::lock_guard guard(mutex_);
  const auto lost = published_.upper_bound(last_stream_seq);
  for (auto at = lost; at != published_.end(); ++at) cursor_.position = std::min(cursor_.position, at->second - 1);
  published_.erase(lost, published_.end());
  cursor_.stream_seq = std::min(cursor_.stream_seq, last_stream_seq);
  return cursor_;
}

absl::StatusOr<RelayCursor> FakeEventStore::StartRelayEpoch(int64_t epoch) {
  const std::lock_guard guard(mutex_);
  published_.clear();
  cursor_ = {epoch, 0, 0};
  return cursor_;
}

absl::Status FakeEventStore::Probe() {
  const std::lock_guard guard(mutex_);
  return append_error_;
}

const std::string& FakeEventStore::PseudonymUnderLock(const std::string& learner_id) {
  const auto [at, is_new] = pseudonyms_.try_emplace(learner_id);
  if (is_new) at->second = absl::StrFormat("%032x", ++given_pseudonyms_);
  return at->second;
}

absl::StatusOr<std::string> FakeEventStore::Pseudonym(const std::string& learner_id) {
  const std::lock_guard guard(mutex_);
  return PseudonymUnderLock(learner_id);
}

absl::StatusOr<std::optional<std::string>> FakeEventStore::LearnerOf(const std::string& pseudonym) {
  const std::lock_guard guard(mutex_);
  for (const auto& [learner_id, known] : pseudonyms_) {
    if (known == pseudonym && learner_id[0] != '~') return learner_id;
  }
  return std::nullopt;
}

absl::StatusOr<std::vector<std::string>> FakeEventStore::ListLearners(const std::string& after_learner_id,
                                                                      int max_learners) {
  const std::lock_guard guard(mutex_);
  std::vector<std::string> learner_ids;
  for (auto at = pseudonyms_.upper_bound(after_learner_id); at != pseudonyms_.end(); ++at) {
    if (static_cast<int>(learner_ids.size()) == max_learners) break;
    if (at->first[0] != kTombstoneMark) learner_ids.push_back(at->first);
  }
  return learner_ids;
}

int64_t FakeEventStore::TakeNameFromActs(const EraseCommand& command) {
  int64_t renamed = 0;
  for (Recorded& recorded : events_) {
    const int64_t position = recorded.event.position;
    const bool may_be = position > command.acts_known_to || std::ranges::binary_search(command.act_positions, position);
    if (!may_be || recorded.erased) continue;
    auto payload = command.rename_mentor(recorded.event.payload);
    if (!payload.has_value()) continue;
    recorded.event.payload = *std::move(payload);
    ++renamed;
  }
  return renamed;
}

absl::StatusOr<Erasure> FakeEventStore::Erase(const EraseCommand& command) {
  const std::lock_guard guard(mutex_);
  EDIRAE_RETURN_IF_ERROR(erase_error_);
  const bool had_key = pseudonyms_.contains(command.learner_id);
  PseudonymUnderLock(command.learner_id);
  const auto known = pseudonyms_.find(command.learner_id);
  const auto last_seq = static_cast<int64_t>(histories_[command.learner_id].size());
  if (command.only_at_seq.value_or(last_seq) != last_seq) {
    return absl::AbortedError("the learner has done something since");
  }
  KeptErasure kept;
  kept.erasure.pseudonym = known->second;
  kept.erasure.erase_time = command.now;
  pseudonyms_.erase(known);
  kept.erasure.mentor_act_count = TakeNameFromActs(command);
  if (!had_key && kept.erasure.mentor_act_count == 0) return absl::NotFoundError("nothing is kept of the learner");
  for (const size_t index : histories_[command.learner_id]) {
    events_[index].erased = true;
    events_[index].event.payload.clear();
    kept.unfinished.positions.push_back(events_[index].event.position);
  }
  histories_.erase(command.learner_id);
  std::erase_if(requests_, [&](const auto& request) { return request.first.first == command.learner_id; });
  kept.erasure.event_count = static_cast<int64_t>(kept.unfinished.positions.size());
  kept.unfinished.receipt_key = command.receipt_key;
  kept.unfinished.pseudonym = kept.erasure.pseudonym;
  kept.unfinished.tombstone_position = static_cast<int64_t>(events_.size()) + 1;
  kept.erasure.tombstone_position = kept.unfinished.tombstone_position;
  const std::string row = "~" + kept.erasure.pseudonym;
  pseudonyms_[row] = kept.erasure.pseudonym;
  histories_[row].push_back(events_.size());
  events_.push_back({row,
                     {kept.unfinished.tombstone_position, kept.erasure.event_count + 1,
                      command.make_tombstone(kept.erasure.pseudonym, kept.erasure.event_count), ""}});
  erasures_[command.receipt_key] = kept;
  return kept.erasure;
}

absl::StatusOr<std::optional<Erasure>> FakeEventStore::FindErasure(const std::string& receipt_key) {
  const std::lock_guard guard(mutex_);
  const auto found = erasures_.find(receipt_key);
  if (found == erasures_.end()) return std::nullopt;
  return found->second.erasure;
}

absl::StatusOr<std::vector<UnfinishedErasure>> FakeEventStore::ReadUnfinishedErasures(int max_erasures) {
  const std::lock_guard guard(mutex_);
  std::vector<UnfinishedErasure> unfinished;
  for (const auto& [receipt_key, kept] : erasures_) {
    if (!kept.erasure.complete_time.has_value()) unfinished.push_back(kept.unfinished);
  }
  std::ranges::sort(unfinished, {}, &UnfinishedErasure::tombstone_position);
  if (static_cast<int>(unfinished.size()) > max_erasures) unfinished.resize(static_cast<size_t>(max_erasures));
  return unfinished;
}

absl::Status FakeEventStore::SaveErasure(const std::string& receipt_key, int64_t stream_message_count,
                                         std::optional<absl::Time> complete_time) {
  const std::lock_guard guard(mutex_);
  KeptErasure& kept = erasures_[receipt_key];
  kept.erasure.stream_message_count = kept.unfinished.stream_message_count = stream_message_count;
  kept.erasure.complete_time = complete_time;
  return absl::OkStatus();
}

absl::Status FakeEventStore::SaveProof(const std::string& receipt_key, const ErasureProof& proof) {
  const std::lock_guard guard(mutex_);
  erasures_[receipt_key].erasure.proof = proof;
  return absl::OkStatus();
}

void FakeEventStore::FailAppends(absl::Status status) {
  const std::lock_guard guard(mutex_);
  append_error_ = std::move(status);
}

void FakeEventStore::FailErasures(absl::Status status) {
  const std::lock_guard guard(mutex_);
  erase_error_ = std::move(status);
}

void FakeEventStore::HoldAppends() {
  const std::lock_guard guard(mutex_);
  holding_ = true;
}

void FakeEventStore::ReleaseAppends() {
  const std::lock_guard guard(mutex_);
  holding_ = false;
  released_.notify_all();
}

int FakeEventStore::held_count() const {
  const std::lock_guard guard(mutex_);
  return held_count_;
}

int FakeEventStore::append_count() const {
  const std::lock_guard guard(mutex_);
  return append_count_;
}

}  // namespace edirae::progress
