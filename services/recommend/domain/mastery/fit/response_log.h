#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_FIT_RESPONSE_LOG_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_FIT_RESPONSE_LOG_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "services/recommend/domain/mastery/answer.h"

namespace edirae::recommend::mastery {

// One answer of a learner in a log.
struct Response {
  ItemKey item = 0;
  int64_t time_seconds = 0;  // as in Question
  uint32_t learner = 0;      // 0, 1, 2 ... in order of appearance
  uint32_t concepts_begin = 0;
  uint32_t concepts_end = 0;
  bool correct = false;
};

// Answers of many learners: all of one together, in the order in which they were given.
struct ResponseLog {
  std::vector<Response> responses;
  std::vector<ConceptKey> concepts;  // of all responses, one after the other
  uint32_t learners = 0;

  Question QuestionOf(const Response& response) const {
    return {.item = response.item,
            .concepts = absl::MakeConstSpan(concepts).subspan(response.concepts_begin,
                                                              response.concepts_end - response.concepts_begin),
            .time_seconds = response.time_seconds};
  }
};

}  // namespace edirae::recommend::mastery

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_FIT_RESPONSE_LOG_H_
