#include "services/progress/adapters/ledger_index.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "common/log/log.h"
#include "common/process/this_thread.h"
#include "common/status/macros.h"
#include "services/progress/limits.h"

namespace edirae::progress {

LedgerIndex::LedgerIndex(std::unique_ptr<IndexFiles> files, ReadLedgerPage read, TailBounds bounds)
    : files_(std::move(files)), read_(std::move(read)), bounds_(bounds) {}

absl::StatusOr<std::unique_ptr<LedgerIndex>> LedgerIndex::Start(std::unique_ptr<IndexFiles> files, ReadLedgerPage read,
                                                                int64_t last_position, TailBounds bounds) {
  auto index = std::unique_ptr<LedgerIndex>(new LedgerIndex(std::move(files), std::move(read), bounds));
  EDIRAE_RETURN_IF_ERROR(index->MoveUpTo(last_position));
  index->mover_ = std::thread([started = index.get()] { started->MoveAll(); });
  return index;
}

LedgerIndex::~LedgerIndex() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
  }
  if (mover_.joinable()) mover_.join();
  MoveUpTo(std::max(young_.last_position(), moving_ == nullptr ? 0 : moving_->last_position())).IgnoreError();
}

absl::Status LedgerIndex::MoveUpTo(int64_t position) {
  EDIRAE_ASSIGN_OR_RETURN(const IndexMark mark, files_->mark());
  if (position - mark.position >= limits::kIndexingWorthALine) {
    log::Info("indexing the ledger", {{"events", position - mark.position}});
  }
  for (int64_t moved = mark.position; moved < position;) {
    const std::lock_guard holding(files_mutex_);
    const int64_t up_to = std::min(position, moved + static_cast<int64_t>(bounds_.portion));
    EDIRAE_ASSIGN_OR_RETURN(const LedgerPage page, read_(moved, up_to));
    moved = up_to;
    if (page.rows.empty()) continue;  // all of it was erased
    std::vector<IndexedEvent> events;
    events.reserve(page.rows.size());
    for (const LedgerPage::Row& row : page.rows) {
      events.push_back({row.position, row.learner_id, row.learner_seq, row.request_id});
    }
    EDIRAE_RETURN_IF_ERROR(files_->Add(events, {events.back().position, page.last_fingerprint}));
  }
  return absl::OkStatus();
}

void LedgerIndex::MoveAll() {
  process::NameThread("ledger-index");
  process::YieldToForeground();  // nobody waits for it
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return stopping_ || moving_ != nullptr; });
    if (stopping_) return;
    const int64_t last = moving_->last_position();
    lock.unlock();
    const absl::Status moved = MoveUpTo(last);
    lock.lock();
    if (moved.code() != failure_.code() && !moved.ok()) {
      log::Error("the ledger's index cannot be written; trying again", {{"error", moved}});
    }
    failure_ = moved;
    memo_.Clear();
    if (moved.ok()) {
      moving_ = nullptr;
      RotateIfFull();
    }
    changed_.notify_all();
    if (!moved.ok()) {
      changed_.wait_for(lock, absl::ToChronoMilliseconds(limits::kIndexRetryPause),
                        [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return stopping_; });
    }
  }
}

void LedgerIndex::RotateIfFull() {
  if (moving_ != nullptr || young_.size() < bounds_.portion) return;
  moving_ = std::make_unique<LedgerTail>(std::exchange(young_, LedgerTail()));
  changed_.notify_all();
}

absl::Status LedgerIndex::WaitForRoom() {
  std::unique_lock lock(mutex_);
  if (young_.size() < bounds_.most) return absl::OkStatus();
  changed_.wait_for(lock, absl::ToChronoMilliseconds(limits::kIndexPatience), [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS {
    return stopping_ || !failure_.ok() || young_.size() < bounds_.most;
  });
  if (young_.size() < bounds_.most) return absl::OkStatus();
  return failure_.ok() ? absl::UnavailableError("the ledger's index cannot follow") : failure_;
}

void LedgerIndex::Add(std::span<const IndexedEvent> events) {
  const std::lock_guard lock(mutex_);
  for (const IndexedEvent& event : events) young_.Add(event);
  RotateIfFull();
}

std::optional<int64_t> LedgerIndex::FindInMemory(const RequestKey& key) const {
  if (const auto found = young_.FindRequest(key.learner_id, key.request_id)) return found;
  return moving_ == nullptr ? std::nullopt : moving_->FindRequest(key.learner_id, key.request_id);
}

std::optional<int64_t> LedgerIndex::LastSeqInMemory(absl::string_view learner_id) const {
  if (const auto found = young_.LastSeq(learner_id)) return found;
  return moving_ == nullptr ? std::nullopt : moving_->LastSeq(learner_id);
}

// What moves meanwhile is found in either place, because memory is looked at first.
absl::StatusOr<std::vector<std::optional<int64_t>>> LedgerIndex::FindRequests(std::span<const RequestKey> keys) {
  std::vector<std::optional<int64_t>> found(keys.size());
  std::vector<RequestKey> open;
  std::vector<size_t> places;  // of the open keys
  uint64_t version;
  {
    const std::lock_guard lock(mutex_);
    version = memo_.version();
    for (size_t i = 0; i < keys.size(); ++i) {
      found[i] = FindInMemory(keys[i]);
      if (found[i].has_value() || memo_.IsAbsent(keys[i].learner_id, keys[i].request_id)) continue;
      open.push_back(keys[i]);
      places.push_back(i);
    }
  }
  if (open.empty()) return found;
  EDIRAE_ASSIGN_OR_RETURN(const auto older, files_->FindRequests(open));
  const std::lock_guard lock(mutex_);
  for (size_t i = 0; i < open.size(); ++i) {
    found[places[i]] = older[i];
    if (!older[i].has_value()) memo_.NoteAbsent(version, open[i].learner_id, open[i].request_id);
  }
  return found;
}

absl::StatusOr<bool> LedgerIndex::Conflicts(std::span<const IndexedEvent> events) {
  absl::flat_hash_map<absl::string_view, int64_t> last_seqs;
  absl::flat_hash_set<std::pair<absl::string_view, absl::string_view>> request_ids;
  std::vector<std::string> ids;  // that keys refer to
  ids.reserve(events.size() * 2);
  std::vector<RequestKey> keys;
  for (const IndexedEvent& event : events) {
    const auto [last, first_here] = last_seqs.try_emplace(event.learner_id, 0);
    if (first_here) {
      EDIRAE_ASSIGN_OR_RETURN(last->second, LastSeq(std::string(event.learner_id)));
    }
    if (event.learner_seq != last->second + 1) return true;
    last->second = event.learner_seq;
    if (event.request_id.empty()) continue;
    if (!request_ids.emplace(event.learner_id, event.request_id).second) return true;
    ids.emplace_back(event.learner_id);
    ids.emplace_back(event.request_id);
    keys.push_back({ids[ids.size() - 2], ids.back()});
  }
  EDIRAE_ASSIGN_OR_RETURN(const auto found, FindRequests(keys));
  return std::ranges::any_of(found, [](const auto& position) { return position.has_value(); });
}

absl::StatusOr<std::vector<int64_t>> LedgerIndex::Positions(const std::string& learner_id, int64_t after_seq,
                                                            int max_events) {
  std::vector<int64_t> newer;
  uint64_t version;
  {
    const std::lock_guard lock(mutex_);
    version = memo_.version();
    if (moving_ != nullptr) moving_->AppendPositions(learner_id, after_seq, newer);
    young_.AppendPositions(learner_id, after_seq, newer);
  }
  EDIRAE_ASSIGN_OR_RETURN(IndexedHistory older, files_->Positions(learner_id, after_seq, max_events));
  std::vector<int64_t>& positions = older.positions;
  // Without any it is known only when all of the history was asked for.
  if (static_cast<int>(positions.size()) < max_events && (after_seq == 0 || !positions.empty())) {
    const std::lock_guard lock(mutex_);
    memo_.NoteLastSeq(version, learner_id, older.last_seq);
  }
  for (const int64_t position : newer) {
    if (static_cast<int>(positions.size()) >= max_events) break;
    if (positions.empty() || position > positions.back()) positions.push_back(position);
  }
  return std::move(positions);
}

absl::Status LedgerIndex::Forget(const std::string& learner_id, const std::vector<std::string>& request_ids,
                                 const IndexMark& mark) {
  {
    const std::lock_guard lock(mutex_);
    young_.Forget(learner_id, request_ids);
    if (moving_ != nullptr) moving_->Forget(learner_id, request_ids);
  }
  absl::Status forgotten = files_->Forget(learner_id, mark);
  const std::lock_guard lock(mutex_);
  memo_.Clear();
  return forgotten;
}

absl::StatusOr<int64_t> LedgerIndex::LastSeq(const std::string& learner_id) {
  uint64_t version;
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = LastSeqInMemory(learner_id)) return *found;
    if (const auto known = memo_.LastSeq(learner_id)) return *known;
    version = memo_.version();
  }
  EDIRAE_ASSIGN_OR_RETURN(const int64_t last, files_->LastSeq(learner_id));
  const std::lock_guard lock(mutex_);
  memo_.NoteLastSeq(version, learner_id, last);
  return last;
}

}  // namespace edirae::progress
