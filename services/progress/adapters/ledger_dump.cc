#include "services/progress/adapters/ledger_dump.h"

#include "absl/strings/str_cat.h"
#include "common/status/macros.h"
#include "services/progress/domain/bus_event.h"

namespace edirae::progress {
namespace {

constexpr int kEventsAtOnce = 1000;

}  // namespace

absl::Status DumpLedger(EventStore& store, const std::function<bool(const events::v1::LearnerEvent&)>& take,
                        const std::function<void(int64_t done, int64_t total)>& report) {
  EDIRAE_ASSIGN_OR_RETURN(const int64_t last, store.LastPosition());
  int64_t done = 0;
  while (done < last) {
    EDIRAE_ASSIGN_OR_RETURN(const auto read, store.ReadCommitted(done, kEventsAtOnce));
    if (read.empty()) {
      // Where something was erased, something newer says so.
      return absl::DataLossError(absl::StrCat("the events behind position ", done, " are missing"));
    }
    for (const StoredEvent& stored : read) {
      if (stored.position > last) return absl::OkStatus();
      events::v1::LearnerEvent event;
      if (!event.ParseFromString(stored.payload)) {
        return absl::DataLossError(absl::StrCat("the event at position ", stored.position, " cannot be read"));
      }
      MakePseudonymous(event, {stored.pseudonym.data(), stored.pseudonym.size()});
      event.clear_traceparent();
      if (!take(event)) return absl::OkStatus();
      done = stored.position;
    }
    report(done, last);
  }
  return absl::OkStatus();
}

}  // namespace edirae::progress
