#ifndef EDIRAE_SERVICES_RECOMMEND_ADAPTERS_EXPORTED_EVENTS_H_
#define EDIRAE_SERVICES_RECOMMEND_ADAPTERS_EXPORTED_EVENTS_H_

#include <string>

#include "absl/status/statusor.h"
#include "services/recommend/adapters/recorded_responses.h"

namespace edirae::recommend {

// Reads the answers to questions out of exported events, plain or gzip: one LearnerEvent a line in protobuf's JSON, in
// any order; events that come again count once, other kinds and answers that are no evidence not at all; right after a
// hint is wrong, as in Fold. Of whoever was erased, before or after, nothing is read. About a fifth of the learners, by
// their ids, is kept for judging. NOT_FOUND when there is no such file; INVALID_ARGUMENT "FILE:LINE: why" for the first
// line that is no event with learner and place in history; DATA_LOSS when reading fails.
absl::StatusOr<RecordedResponses> ReadExportedEvents(const std::string& path);

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_ADAPTERS_EXPORTED_EVENTS_H_
