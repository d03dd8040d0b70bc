#ifndef EDIRAE_SERVICES_PROGRESS_ADAPTERS_STORE_EXPORT_H_
#define EDIRAE_SERVICES_PROGRESS_ADAPTERS_STORE_EXPORT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/progress/domain/event_store.h"
#include "services/progress/domain/history.h"

namespace edirae::progress {

// Of whom an archive is made, and where in the ledger what they did as a mentor is, ascending.
struct ExportSubject {
  const std::string& learner_id;
  const std::vector<int64_t>& acts;
};

// Records that somebody takes everything that is kept of a learner along, unless this request has done it before, and
// returns where the archive begins. While nothing else is appended, or with ABORTED when another replica did. NOT_FOUND
// when nothing is kept of the learner, ALREADY_EXISTS when the request id was used for something else.
absl::StatusOr<ExportPlace> BeginExport(EventStore& store, const ExportOrder& order, const std::vector<int64_t>& acts,
                                        absl::Time now);

// The part at `place`. INVALID_ARGUMENT when the history has not so many events any more.
absl::StatusOr<ExportPart> MakeExportPart(EventStore& store, const ExportSubject& subject, const ExportPlace& place,
                                          absl::Time now);

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_ADAPTERS_STORE_EXPORT_H_
