#ifndef EDIRAE_SERVICES_PROGRESS_DOMAIN_RECORDER_H_
#define EDIRAE_SERVICES_PROGRESS_DOMAIN_RECORDER_H_

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/progress/domain/decide.h"
#include "services/progress/domain/inheritance.h"

namespace edirae::progress {

// Collects the events of one action and folds each into the learner's state. For one action, once it can be refused no
// more; the references must outlive it. Errors are those of `Fold`.
class Recorder {
 public:
  Recorder(const v1::LearnerAction& action, absl::Time occur_time, LearnerState& state, const Circumstances& around);

  // The next event with its head filled; give it a body, then call `Commit`.
  events::v1::LearnerEvent& Begin();
  absl::Status Commit();

  // Records the mastery of a concept that is not mastered when the evidence meets its criterion.
  absl::Status MasterIfMet(const IndexedConcept& indexed);

  // The same after an answer, by which a mastery that is there may have lapsed.
  absl::Status Settle(const IndexedConcept& indexed);

  v1::ActionOutcome& outcome() { return decision_.outcome; }

  // Everything that was recorded. Ends the recorder.
  Decision Finish();

 private:
  absl::Status Master(const IndexedConcept& indexed, const CountedEvidence& evidence);
  absl::Status Lapse(const IndexedConcept& indexed, const CountedEvidence& evidence);

  const v1::LearnerAction& action_;
  const absl::Time occur_time_;
  LearnerState& state_;
  const Circumstances& around_;
  Decision decision_;
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_DOMAIN_RECORDER_H_
