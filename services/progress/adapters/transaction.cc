#include "services/progress/adapters/transaction.h"

#include "common/ids/ids.h"
#include "common/log/log.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
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

absl::Status Transaction::Run(std::span<const PendingRecord> records) {
  EDIRAE_RETURN_IF_ERROR(FindDuplicates(records));
  slots_.reserve(stored_.size());
  rows_.reserve(stored_.size() + stored_.size() / 8);
  record_errors_.resize(records.size());
  for (size_t i = 0; i < records.size(); ++i) {
    const absl::Status status = DecideAll(records[i], first_slots_[i]);
    if (status.code() == absl::StatusCode::kDataLoss) {  // one broken history does not stop the others
      log::Error("a learner's history cannot be folded", {{"error", status}});
      record_errors_[i] = status;
    } else if (!status.ok()) {
      return status;
    }
    slots_.resize(first_slots_[i] + static_cast<size_t>(records[i].command.request->actions_size()));
  }
  if (rows_.empty()) return absl::OkStatus();
  return store_.Append(rows_).status();
}

absl::Status Transaction::FindDuplicates(std::span<const PendingRecord> records) {
  std::vector<RequestKey> keys;
  for (const PendingRecord& record : records) {
    first_slots_.push_back(keys.size());
    const auto& request = *record.command.request;
    for (const auto& action : request.actions()) keys.push_back({request.learner_id(), action.request_id()});
  }
  EDIRAE_ASSIGN_OR_RETURN(stored_, store_.FindRequests(keys));
  return absl::OkStatus();
}

absl::Status Transaction::DecideAll(const PendingRecord& record, size_t first_slot) {
  const auto& request = *record.command.request;
  LearnerState* state = nullptr;
  for (int i = 0; i < request.actions_size(); ++i) {
    const auto& action = request.actions(i);
    const uint64_t digest = record.digests[static_cast<size_t>(i)];
    auto& stored = stored_[first_slot + static_cast<size_t>(i)];
    const auto written = written_.find({request.learner_id(), action.request_id()});
    Slot slot;
    if (stored.has_value() || written != written_.end()) {
      if ((stored.has_value() ? stored->digest : written->second.digest) != digest) {
        slot.error = MakeError(absl::StatusCode::kAlreadyExists, reason::kRequestIdReused,
                               "this request id was used for another action; take a new one",
                               {{"request_id", action.request_id()}});
      } else {
        ++duplicate_count_;
        if (stored.has_value()) {
          slot.stored_outcome = std::move(stored->outcome);
        } else {
          slot.row = written->second.row;
        }
      }
    } else {
      if (state == nullptr) {
        EDIRAE_ASSIGN_OR_RETURN(state, StateOf(request.learner_id()));
      }
      slot = DecideOne(request.learner_id(), action, digest, *state);
    }
    slots_.push_back(std::move(slot));
  }
  return absl::OkStatus();
}

Transaction::Slot Transaction::DecideOne(const std::string& learner_id, const v1::LearnerAction& action,
                                         uint64_t digest, LearnerState& state) {
  Slot slot;
  slot.error = CheckOpaqueId("request_id", action.request_id());
  if (!slot.error.ok()) return slot;
  auto decision = Decide(action, state, {learner_id, content_, now_, [this] { return NewUuid7(now_); }});
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
  EDIRAE_ASSIGN_OR_RETURN(const LearnerCache::Snapshot snapshot, cache_.FindOrLoad(learner_id, store_));
  return &states_.try_emplace(learner_id, snapshot->state().Fork()).first->second;
}

void Transaction::PublishStates() {
  for (auto& [learner_id, state] : states_) {
    cache_.Publish(learner_id, std::make_shared<const LearnerSnapshot>(std::move(state)));
  }
}

void Transaction::DropStates() {
  for (const auto& [learner_id, state] : states_) cache_.Drop(learner_id);
}

absl::StatusOr<std::vector<ActionAnswer>> Transaction::TakeAnswers(size_t index) {
  if (!record_errors_[index].ok()) return record_errors_[index];
  const size_t end = index + 1 < first_slots_.size() ? first_slots_[index + 1] : slots_.size();
  std::vector<ActionAnswer> answers;
  answers.reserve(end - first_slots_[index]);
  for (size_t i = first_slots_[index]; i < end; ++i) {
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
