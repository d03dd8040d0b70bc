#ifndef EDIRAE_SERVICES_PROGRESS_DOMAIN_DECIDE_H_
#define EDIRAE_SERVICES_PROGRESS_DOMAIN_DECIDE_H_

#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "edirae/events/v1/learner_event.pb.h"
#include "edirae/progress/v1/progress_service.pb.h"
#include "services/progress/domain/content_index.h"
#include "services/progress/domain/learner_state.h"
#include "services/progress/domain/retained_content.h"

namespace edirae::progress {

// What a decision depends on beside the action and the learner's state.
struct Circumstances {
  const std::string& learner_id;
  const ContentIndex& content;                    // the newest revision
  absl::Time now;                                 // becomes `record_time`
  absl::FunctionRef<std::string()> new_event_id;  // UUIDs version 7
  absl::string_view traceparent = {};             // of the call; empty for none
  const RetainedContent* retained = nullptr;      // revisions by which answers may be graded; null for the newest alone
};

// What an action leads to: its event, then the events that follow from it.
struct Decision {
  std::vector<events::v1::LearnerEvent> events;
  v1::ActionOutcome outcome;
};

// Grades or decides one action, and folds what it leads to into `state`. On an error the state is unchanged; the errors
// are those of `ActionResult.error` in the contract, except for a request id that was used before, which only the
// ledger knows.
absl::StatusOr<Decision> Decide(const v1::LearnerAction& action, LearnerState& state, const Circumstances& around);

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_DOMAIN_DECIDE_H_
