#ifndef EDIRAE_SERVICES_PROGRESS_ADAPTERS_CRITERIA_TRIALS_H_
#define EDIRAE_SERVICES_PROGRESS_ADAPTERS_CRITERIA_TRIALS_H_

#include "common/clock/clock.h"
#include "common/process/task_thread.h"
#include "services/progress/adapters/current_content.h"
#include "services/progress/domain/criteria_trials.h"
#include "services/progress/domain/event_store.h"

namespace edirae::progress {

// Trials over an EventStore, on a thread of their own. Learners come in the order in which they began. Thread-safe.
class StoreCriteriaTrials final : public CriteriaTrials {
 public:
  // The references must outlive it.
  StoreCriteriaTrials(EventStore& store, const CurrentContent& content, const Clock& clock);

  void Try(TrialQuery query, TrialDone done) override;

  // Answers what waits, then refuses. Idempotent.
  void Stop() { reader_.Stop(); }

 private:
  EventStore& store_;
  const CurrentContent& content_;
  const Clock& clock_;
  process::TaskThread reader_;
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_ADAPTERS_CRITERIA_TRIALS_H_
