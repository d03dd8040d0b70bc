#include "services/progress/adapters/transaction.h"

#include <algorithm>

#include "common/ids/ids.h"
#include "common/log/log.h"
#include "common/rpc/together.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "services/progress/adapters/store_error.h"
#include "services/progress/domain/decide.h"
#include "services/progress/errors.h"
#include "xxhash.h"

namespace edirae::progress {
uint64_t ActionDigest(const v1::LearnerAction& action) {
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    action.SerializeToCodedStream(&coded);
  }
  return XXH64(bytes.data(), bytes.size(), 0);
}

void Transaction::Decide(std::vector<PendingRecord> records, const RetainedContent& content, absl::Time now) {
  const absl::Status ends = FindEnds(records);  // first: who sees the end of a history sees its requests
  auto stored = ends.ok() ? FindStored(records) : ends;
  size_t first = 0;  // of the record's actions in `stored`
  for (PendingRecord& record : records) {
    const size_t end = slots_.size() + record.action_count();
    absl::Status status = stored.ok() ? DecideAll(record, stored->data() + first, content, now) : stored.status();
    if (absl::IsDataLoss(status)) log::Error("a learner's history cannot be folded", {{"error", status}});
    slots_.resize(end);
    first += record.action_count();
    attempts_ = std::max(attempts_, record.attempts);
    earliest_deadline_ = std::min(earliest_deadline_, record.command.deadline);
    record_errors_.push_back(status.ok() ? std::move(status) : StoreError(status));
    records_.push_back(std::move(record));
  }
}

absl::StatusOr<std::vector<std::optional<StoredRequest>>> Transaction::FindStored(
    const std::vector<PendingRecord>& records) const {
  std::vector<RequestKey> keys;
  for (const PendingRecord& record : records) {
    const auto& request = *record.command.request;
    for (const auto& action : request.actions()) keys.push_back({request.learner_id(), action.request_id()});
  }
  return store_.FindRequests(keys);
}

absl::Status Transaction::FindEnds(const std::vector<PendingRecord>& records) {
  if (!store_.shared()) return absl::OkStatus();
  std::vector<std::string> learners;
  for (const PendingRecord& record : records) {
    const std::string& learner_id = record.command.request->learner_id();
    if (!states_.contains(learner_id) && ends_.try_emplace(learner_id, 0).second) learners.push_back(learner_id);
  }
  if (learners.empty()) return absl::OkStatus();
  EDIRAE_ASSIGN_OR_RETURN(const std::vector<int64_t> seqs, store_.LastSeqs(learners));
  cache_.FollowErasures(store_.seen_erasures());
  for (size_t i = 0; i < learners.size(); ++i) ends_[learners[i]] = seqs[i];
  return absl::OkStatus();
}

absl::Status Transaction::DecideAll(const PendingRecord& record, std::optional<StoredRequest>* stored,
                                    const RetainedContent& content, absl::Time now) {
  const auto& request = *record.command.request;
  LearnerState* state = nullptr;
  for (int i = 0; i < request.actions_size(); ++i) {
    const auto& action = request.actions(i);
    const uint64_t digest = record.digests[static_cast<size_t>(i)];
    const RequestId id(request.learner_id(), action.request_id());
    if (const auto here = written_.find(id); here != written_.end()) {
      slots_.push_back(Repeated(action, digest, here->second.digest));
      if (slots_.back().error.ok()) slots_.back().row = here->second.row;
    } else if (stored[i].has_value()) {
      slots_.push_back(Repeated(action, digest, stored[i]->digest));
      slots_.back().stored_outcome = std::move(stored[i]->outcome);
    } else if (before_ != nullptr && before_->written_.contains(id)) {
      const Written& written = before_->written_.at(id);
      slots_.push_back(Repeated(action, digest, written.digest));
      slots_.back().stored_outcome = before_->rows_[written.row].outcome;
    } else {
      if (state == nullptr) {
        EDIRAE_ASSIGN_OR_RETURN(state, StateOf(request.learner_id()));
      }
      slots_.push_back(DecideOne(record.command, action, digest, *state, content, now));
    }
  }
  return absl::OkStatus();
}

Transaction::Slot Transaction::Repeated(const v1::LearnerAction& action, uint64_t digest, uint64_t first_digest) {
  Slot slot;
  if (digest == first_digest) {
    ++duplicate_count_;
  } else {
    slot.error =
        MakeError(absl::StatusCode::kAlreadyExists, reason::kRequestIdReused,
                  "this request id was used for another action; take a new one", {{"request_id", action.request_id()}});
  }
  return slot;
}

Transaction::Slot Transaction::DecideOne(const RecordCommand& command, const v1::LearnerAction& action, uint64_t digest,
                                         LearnerState& state, const RetainedContent& content, absl::Time now) {
  Slot slot;
  slot.error = CheckOpaqueId("request_id", action.request_id());
  if (!slot.error.ok()) return slot;
  const std::string& learner_id = command.request->learner_id();
  auto decision = progress::Decide(
      action, state,
      {learner_id, content.newest(), now, [now] { return NewUuid7(now); }, command.traceparent, &content});
  if (!decision.ok()) {
    slot.error = decision.status();
    return slot;
  }
  slot.row = rows_.size();
  for (const auto& event : decision->events) {
    NewEvent& row = rows_.emplace_back();
    row.learner_id = learner_id;
    row.learner_seq = event.learner_seq();
    event.SerializeToString(&row.payload);
    ++events_by_kind_[event.body_case()];
    if (MilestoneQueue::Concerns(event)) {
      queue_events_.push_back({static_cast<int64_t>(rows_.size()) - 1, event, /*pseudonym=*/""});
    }
  }
  NewEvent& own = rows_[slot.row];
  own.request_id = action.request_id();
  own.request_digest = digest;
  decision->outcome.SerializeToString(&own.outcome);
  written_[{learner_id, action.request_id()}] = {digest, slot.row};
  return slot;
}

absl::StatusOr<LearnerState*> Transaction::StateOf(const std::string& learner_id) {
  if (const auto at = states_.find(learner_id); at != states_.end()) return &at->second;
  LearnerCache::Snapshot snapshot;
  if (before_ != nullptr && before_->changes_ == cache_.changes()) {
    if (const auto at = before_->sealed_.find(learner_id); at != before_->sealed_.end()) snapshot = at->second;
  }
  if (snapshot == nullptr) {
    const auto end = ends_.find(learner_id);
    EDIRAE_ASSIGN_OR_RETURN(snapshot, end == ends_.end() ? cache_.FindOrLoad(learner_id, store_)
                                                         : cache_.FindFresh(learner_id, end->second, store_));
  }
  return &states_.try_emplace(learner_id, snapshot->state().Fork()).first->second;
}

void Transaction::Seal() {
  before_.reset();
  sealed_.reserve(states_.size());
  for (auto& [learner_id, state] : states_) {
    sealed_.emplace(learner_id, std::make_shared<const LearnerSnapshot>(std::move(state)));
  }
  states_.clear();
}

absl::Status Transaction::Append() {
  if (rows_.empty()) return absl::OkStatus();
  const absl::StatusOr<int64_t> first = store_.Append(rows_);
  failed_ = !first.ok();
  if (first.ok()) {
    for (QueueEvent& event : queue_events_) event.position += *first;
  }
  return first.status();
}

void Transaction::PublishStates() {
  if (changes_ != cache_.changes()) return DropStates();
  // Only of those whose events were appended: the store has proved that nothing else became of them meanwhile.
  absl::string_view published;  // rows of one learner mostly follow each other
  for (const NewEvent& row : rows_) {
    if (row.learner_id == published) continue;
    published = row.learner_id;
    if (const auto at = sealed_.find(row.learner_id); at != sealed_.end()) cache_.Publish(row.learner_id, at->second);
  }
}

void Transaction::DropStates() {
  for (const auto& [learner_id, snapshot] : sealed_) cache_.Drop(learner_id);
}

void Transaction::Answer(const absl::Status& failure) {
  const rpc::Together together;
  size_t first_slot = 0;
  for (size_t i = 0; i < records_.size(); ++i) {
    const size_t count = records_[i].action_count();
    const absl::Status& status = failure.ok() ? record_errors_[i] : failure;
    if (status.ok()) {
      std::move(records_[i].done)(AnswersOf(first_slot, count));
    } else {
      std::move(records_[i].done)(status);
    }
    first_slot += count;
  }
}

std::vector<ActionAnswer> Transaction::AnswersOf(size_t first_slot, size_t count) {
  std::vector<ActionAnswer> answers;
  answers.reserve(count);
  for (size_t i = first_slot; i < first_slot + count; ++i) {
    Slot& slot = slots_[i];
    if (!slot.error.ok()) {
      answers.push_back(std::move(slot.error));
    } else if (slot.row != kNoRow) {
      answers.push_back(rows_[slot.row].outcome);
    } else {
      answers.push_back(std::move(slot.stored_outcome));
    }
  }
  return answers;
}

}  // namespace edirae::progress
