#ifndef EDIRAE_SERVICES_PROGRESS_DOMAIN_CRITERIA_TRIALS_H_
#define EDIRAE_SERVICES_PROGRESS_DOMAIN_CRITERIA_TRIALS_H_

#include <cstdint>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "edirae/progress/v1/criteria_service.pb.h"

namespace edirae::progress {

// Which criteria are tried with whom.
struct TrialQuery {
  v1::TryCriteriaRequest request;
  int64_t after_position = 0;  // `next_position` of the page before
  int max_learners = 0;
  absl::Time deadline;  // when half of the time until then has passed, the page ends
};

// What a page of learners came to.
struct TrialPage {
  v1::TryCriteriaResponse response;  // without its token
  int64_t next_position = 0;         // where the next page goes on; 0 after the last
};
using TrialDone = absl::AnyInvocable<void(absl::StatusOr<TrialPage>) &&>;

// Plays learners' histories again by other criteria. Thread-safe. Does not block; calls `done` exactly once, from any
// thread. Errors as `TryCriteria` in the contract, and as Ledger.
class CriteriaTrials {
 public:
  virtual ~CriteriaTrials() = default;

  virtual void Try(TrialQuery query, TrialDone done) = 0;
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_DOMAIN_CRITERIA_TRIALS_H_
