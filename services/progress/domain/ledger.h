#ifndef EDIRAE_SERVICES_PROGRESS_DOMAIN_LEDGER_H_
#define EDIRAE_SERVICES_PROGRESS_DOMAIN_LEDGER_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "edirae/progress/v1/progress_service.pb.h"

namespace edirae::progress {

// A serialized `ActionOutcome`, or why the action is refused.
using ActionAnswer = absl::StatusOr<std::string>;

// What one learner did, as one request brought it. The ids inside are not yet checked, the learner's id is.
struct RecordCommand {
  std::unique_ptr<v1::RecordEventsRequest> request;
  absl::Time deadline;        // past it nothing is recorded
  std::string traceparent{};  // of the caller, for the events; empty for none
};

// One answer an action in their order, or an error when nothing was recorded.
using RecordDone = absl::AnyInvocable<void(absl::StatusOr<std::vector<ActionAnswer>>) &&>;

// A serialized `GetRoadmapProgressResponse`, shared between all who ask.
using ProgressDone = absl::AnyInvocable<void(absl::StatusOr<std::shared_ptr<const std::string>>) &&>;

// A serialized `GetGateResponse`.
using GateDone = ProgressDone;

// A serialized `ExplainDecisionResponse`.
using ExplanationDone = ProgressDone;

// A part of a learner's history.
struct HistoryPage {
  std::vector<std::string> events;  // serialized `LearnerEvent`s in order
  int64_t last_returned_seq = 0;    // place of the last of them; the start of the page when there is none
  int64_t as_of_seq = 0;            // the newest place in the history
};
using HistoryDone = absl::AnyInvocable<void(absl::StatusOr<HistoryPage>) &&>;

// What progress does, behind its contract. Thread-safe. No method blocks; each calls `done` exactly once, from any
// thread, and `done` must not block either. Errors of all: RESOURCE_EXHAUSTED (too much is waiting, or the storage is
// full), UNAVAILABLE (no catalog revision, stopping, or the storage does not answer).
class Ledger {
 public:
  virtual ~Ledger() = default;

  // Records actions. DEADLINE_EXCEEDED when the deadline passed before they could be.
  virtual void Record(RecordCommand command, RecordDone done) = 0;

  // Says where a learner stands. NOT_FOUND for an unknown roadmap.
  virtual void ReadProgress(std::string learner_id, std::string roadmap_id, ProgressDone done) = 0;

  // Says what a gate asks for; an empty stage means the learner's current one. NOT_FOUND for an unknown roadmap or
  // stage.
  virtual void ReadGate(std::string learner_id, std::string roadmap_id, std::string stage_id, GateDone done) = 0;

  // Makes a decision of the past again. NOT_FOUND when the history has no decision with this event id.
  virtual void ExplainDecision(std::string learner_id, std::string event_id, ExplanationDone done) = 0;

  // Reads a learner's history after `after_seq`, at most `max_events` and about limits::kMaxPageBytes.
  virtual void ReadHistory(std::string learner_id, int64_t after_seq, int max_events, HistoryDone done) = 0;
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_DOMAIN_LEDGER_H_
