#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_FIT_STATISTICS_FIT_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_FIT_STATISTICS_FIT_H_

#include <array>
#include <cstdint>
#include <vector>

#include "absl/functional/function_ref.h"
#include "services/recommend/domain/mastery/features.h"
#include "services/recommend/domain/mastery/fit/response_log.h"
#include "services/recommend/domain/mastery/weights.h"

namespace edirae::recommend::mastery {

// A response without anything that was estimated: what it is about, and where its offsets stand.
struct TracedResponse {
  uint32_t learner = 0;
  int32_t item = Registry::kUnknown;
  std::array<int32_t, Features::kMaxConcepts> concepts;
  uint8_t concept_count = 0;
  bool correct = false;
  OffsetPlaces places;

  absl::Span<const int32_t> asked() const { return {concepts.data(), concept_count}; }
};

// All responses of the learners in `use` (by learner number), with the registry's numbers.
std::vector<TracedResponse> Trace(const Weights& weights, const ResponseLog& log, const std::vector<bool>& use);

// Rates and offsets from the responses of learners for which `counts` is true: the maximum a posteriori by Newton
// steps, one offset after the other, on what the slow ability filter leaves unexplained.
Statistics EstimateStatistics(const Registry& registry, const std::vector<TracedResponse>& responses,
                              absl::FunctionRef<bool(uint32_t learner)> counts);

}  // namespace edirae::recommend::mastery

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_FIT_STATISTICS_FIT_H_
