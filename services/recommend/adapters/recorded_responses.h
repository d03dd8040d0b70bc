#ifndef EDIRAE_SERVICES_RECOMMEND_ADAPTERS_RECORDED_RESPONSES_H_
#define EDIRAE_SERVICES_RECOMMEND_ADAPTERS_RECORDED_RESPONSES_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/recommend/domain/mastery/fit/response_log.h"

namespace edirae::recommend {

// Answers of learners as research exchanges them, and which of the learners are kept for judging.
struct RecordedResponses {
  mastery::ResponseLog log;
  std::vector<std::string> learner_ids;  // by learner number
  std::vector<bool> is_test;             // by learner number
};

// Reads a table, plain or gzip, of lines that end in \n or \r\n:
//   user_id item_id skill_ids timestamp_seconds correct split      (this header, parted by tabs)
// skill_ids are joined by ~ and may be empty; timestamp_seconds is not negative, all 0 when only the order is known;
// correct is 0 or 1; split is train or test, the same for all lines of a learner, which stand together.
// NOT_FOUND when there is no such file; INVALID_ARGUMENT "FILE:LINE: why" for the first line that is otherwise, or past
// limits::kMaxRecordedResponses; DATA_LOSS when reading fails, as of a gzip file that ends early.
absl::StatusOr<RecordedResponses> ReadRecordedResponses(const std::string& path);

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_ADAPTERS_RECORDED_RESPONSES_H_
