#ifndef EDIRAE_SERVICES_PROGRESS_ADAPTERS_STORE_TIME_TRAVEL_H_
#define EDIRAE_SERVICES_PROGRESS_ADAPTERS_STORE_TIME_TRAVEL_H_

#include "common/process/task_thread.h"
#include "services/progress/adapters/current_content.h"
#include "services/progress/domain/event_store.h"
#include "services/progress/domain/time_travel.h"

namespace edirae::progress {

// Time travel over an EventStore: everything is read again, and nothing that is kept is believed. Long histories are
// folded on a thread of its own, so that other reads do not wait. Thread-safe.
class StoreTimeTravel final : public TimeTravel {
 public:
  // The references must outlive it.
  StoreTimeTravel(EventStore& store, const CurrentContent& content);

  void ReadState(StateQuery query, StateDone done) override;
  void ListEvents(EventQuery query, HistoryDone done) override;

  // Answers what waits, then refuses. Idempotent.
  void Stop() { reader_.Stop(); }

 private:
  EventStore& store_;
  const CurrentContent& content_;
  process::TaskThread reader_;
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_ADAPTERS_STORE_TIME_TRAVEL_H_
