#ifndef EDIRAE_SERVICES_PROGRESS_DOMAIN_TIME_TRAVEL_H_
#define EDIRAE_SERVICES_PROGRESS_DOMAIN_TIME_TRAVEL_H_

#include <cstdint>
#include <string>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "edirae/progress/v1/time_travel_service.pb.h"
#include "services/progress/domain/ledger.h"
#include "services/progress/domain/past.h"

namespace edirae::progress {

// Whose state on which roadmap, when.
struct StateQuery {
  std::string learner_id;
  std::string roadmap_id;
  Moment moment;
};
using StateDone = absl::AnyInvocable<void(absl::StatusOr<v1::GetStateResponse>) &&>;

// Which part of whose history.
struct EventQuery {
  std::string learner_id;
  int64_t after_seq = 0;
  int max_events = 0;
  EventFilter filter;
};

// Reads histories as they were. Thread-safe. No method blocks; each calls `done` exactly once, from any thread. Errors
// as Ledger.
class TimeTravel {
 public:
  virtual ~TimeTravel() = default;

  // Folds a history up to a moment. NOT_FOUND for an unknown roadmap, INVALID_ARGUMENT for a place that the history has
  // not reached.
  virtual void ReadState(StateQuery query, StateDone done) = 0;

  // Reads what the filter wants, at most `max_events` and about limits::kMaxPageBytes, having looked at no more than
  // limits::kMaxListedScan. `last_returned_seq` is the last place that was looked at.
  virtual void ListEvents(EventQuery query, HistoryDone done) = 0;
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_DOMAIN_TIME_TRAVEL_H_
