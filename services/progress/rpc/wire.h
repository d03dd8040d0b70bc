#ifndef EDIRAE_SERVICES_PROGRESS_RPC_WIRE_H_
#define EDIRAE_SERVICES_PROGRESS_RPC_WIRE_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/progress/domain/ledger.h"

// Responses put together from messages that are serialized already: outcomes and events are stored as bytes and leave
// as they are.
namespace edirae::progress {

// `domain` of the errors that this service names.
inline constexpr char kErrorDomain[] = "progress.edirae";

// A `RecordEventsResponse`.
std::string RecordEventsBytes(const std::vector<ActionAnswer>& answers);

// A `ListLearnerEventsResponse`.
std::string ListLearnerEventsBytes(const HistoryPage& page, absl::string_view next_page_token);

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_RPC_WIRE_H_
