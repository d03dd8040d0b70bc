#include "services/progress/adapters/ledger_verifier.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/macros.h"
#include "edirae/progress/v1/progress_service.pb.h"
#include "services/progress/domain/history_digest.h"
#include "services/progress/domain/past.h"
#include "services/progress/limits.h"

namespace edirae::progress {

using events::v1::LearnerEvent;

LedgerVerifier::LedgerVerifier(EventStore& store, const LedgerDigests* known, uint64_t seed, Report report)
    : store_(store), known_(known), report_(std::move(report)) {
  found_.digests.seed = known != nullptr ? known->seed : seed;
}

absl::StatusOr<Verification> LedgerVerifier::Run() {
  EDIRAE_RETURN_IF_ERROR(ReadAll());
  found_.learner_count = static_cast<int64_t>(seen_.size());
  int64_t folded = 0;
  for (const auto& [learner_id, seen] : seen_) {
    Fold(learner_id, seen.history);
    if (++folded % limits::kFoldPage == 0) report_({"folded learners", folded, found_.learner_count});
    found_.digests.histories[found_.digests.KeyOf(learner_id)] = seen.history;
  }
  report_({"folded learners", folded, found_.learner_count});
  if (known_ != nullptr) CompareGone();
  return std::move(found_);
}

absl::Status LedgerVerifier::ReadAll() {
  EDIRAE_ASSIGN_OR_RETURN(const int64_t end, store_.LastPosition());
  int64_t position = 0;
  while (position < end) {
    EDIRAE_ASSIGN_OR_RETURN(const auto page, store_.ReadCommitted(position, limits::kFoldPage));
    if (page.empty()) break;
    for (const StoredEvent& stored : page) {
      if (stored.position <= end) Take(stored);
    }
    position = page.back().position;
    report_({"read events", std::min(position, end), end});
  }
  return absl::OkStatus();
}

void LedgerVerifier::Take(const StoredEvent& stored) {
  ++found_.event_count;
  LearnerEvent event;
  if (!event.ParseFromString(stored.payload) || event.learner_id().empty()) {
    // What stands before the damage can be read; the learner's id is among the first.
    return Differ(event.learner_id(), absl::StrCat("position ", stored.position, " is not an event"));
  }
  if (event.has_learner_erased()) {
    ++found_.digests.erasure_count;
    return;
  }
  const std::string& learner_id = event.learner_id();
  Seen& seen = seen_[learner_id];
  KnownHistory& history = seen.history;
  if (event.learner_seq() != history.seq + 1 || stored.learner_seq != event.learner_seq()) {
    Differ(learner_id, absl::StrCat("after place ", history.seq, " of the history comes place ", event.learner_seq(),
                                    ", at position ", stored.position));
  }
  history = {event.learner_seq(), DigestAfter(history.digest, event, stored.payload)};
  if (known_ == nullptr) return;
  if (known_->with_mentors) seen.digest_with_mentors = DigestAfter(seen.digest_with_mentors, stored.payload);
  if (MentorOf(event).starts_with(kErasedMentorMark)) seen.has_erased_mentor = true;
  CompareKnown(learner_id, seen);
}

void LedgerVerifier::CompareKnown(const std::string& learner_id, const Seen& seen) {
  const auto known = known_->histories.find(known_->KeyOf(learner_id));
  if (known == known_->histories.end() || known->second.seq != seen.history.seq) return;
  if (known_->with_mentors && seen.has_erased_mentor) return;
  ++found_.compared_count;
  const uint64_t digest = known_->with_mentors ? seen.digest_with_mentors : seen.history.digest;
  if (known->second.digest == digest) return;
  Differ(learner_id, absl::StrCat("the digest up to place ", seen.history.seq, " is ", DigestText(digest), ", and was ",
                                  DigestText(known->second.digest)));
}

void LedgerVerifier::Fold(const std::string& learner_id, const KnownHistory& seen) {
  if (absl::Status status = FoldByIndex(learner_id, seen); !status.ok()) {
    Differ(learner_id, std::string(status.message()));
  }
  if (known_ == nullptr) return;
  const auto known = known_->histories.find(known_->KeyOf(learner_id));
  if (known != known_->histories.end() && known->second.seq > seen.seq) {
    Differ(learner_id, absl::StrCat("the history ends at place ", seen.seq, ", and went to ", known->second.seq));
  }
}

absl::Status LedgerVerifier::FoldByIndex(const std::string& learner_id, const KnownHistory& seen) {
  PastState past({.seq = seen.seq});
  bool more = true;
  while (more && past.state().last_seq() < seen.seq) {
    EDIRAE_ASSIGN_OR_RETURN(const auto page, store_.ReadLearner(learner_id, past.state().last_seq(), limits::kFoldPage,
                                                                limits::kMaxPageBytes));
    more = !page.empty();
    for (const StoredEvent& stored : page) {
      EDIRAE_ASSIGN_OR_RETURN(more, past.Take(stored.payload));
      if (!more) break;
    }
    EDIRAE_RETURN_IF_ERROR(CheckAnswers(learner_id, page));
  }
  EDIRAE_ASSIGN_OR_RETURN(const int64_t last, store_.LastSeq(learner_id));
  if (past.state().last_seq() != seen.seq || last < seen.seq || (last > seen.seq && !store_.shared())) {
    return absl::DataLossError(absl::StrCat("the index has ", past.state().last_seq(), " events, the last at place ",
                                            last, "; the ledger has ", seen.seq));
  }
  if (past.digest() == seen.digest) return absl::OkStatus();
  return absl::DataLossError("the events that the index leads to are not those of the ledger");
}

absl::Status LedgerVerifier::CheckAnswers(const std::string& learner_id, const std::vector<StoredEvent>& page) {
  std::vector<LearnerEvent> actions;
  LearnerEvent event;
  for (const StoredEvent& stored : page) {
    if (!event.ParseFromString(stored.payload) || event.learner_id() != learner_id) {
      return absl::DataLossError(absl::StrCat("position ", stored.position, " is no event of this learner"));
    }
    // What answers an export is the archive, which is not kept.
    const bool answered = !event.request_id().empty() && event.request_ordinal() == 0 && !event.has_learner_exported();
    if (answered) actions.push_back(event);
  }
  std::vector<RequestKey> keys;
  for (const LearnerEvent& action : actions) keys.push_back({learner_id, action.request_id()});
  EDIRAE_ASSIGN_OR_RETURN(const auto stored, store_.FindRequests(keys));
  for (size_t i = 0; i < actions.size(); ++i) {
    v1::ActionOutcome outcome;
    const bool same = stored[i].has_value() && outcome.ParseFromString(stored[i]->outcome) &&
                      outcome.event_id() == actions[i].event_id();
    if (same) continue;
    return absl::DataLossError(absl::StrCat("a retry of the request of place ", actions[i].learner_seq(),
                                            " would not get the answer of its event"));
  }
  return absl::OkStatus();
}

void LedgerVerifier::CompareGone() {
  int64_t gone = 0;
  for (const auto& [key, known] : known_->histories) {
    if (!found_.digests.histories.contains(key)) ++gone;
  }
  const int64_t erased = found_.digests.erasure_count - known_->erasure_count;
  if (erased < 0) {
    return Differ("", absl::StrCat("the ledger knows ", -erased,
                                   " erasures fewer than at the last verification: it is an older one"));
  }
  if (gone <= erased) return;
  Differ("", absl::StrCat(gone, " histories are gone, and ", erased, " learners were erased"));
}

void LedgerVerifier::Differ(const std::string& learner_id, std::string what) {
  if (++found_.difference_count > limits::kMaxDifferences) return;
  found_.differences.push_back({learner_id, std::move(what)});
}

}  // namespace edirae::progress
