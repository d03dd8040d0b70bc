#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_MEMORY_CALIBRATION_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_MEMORY_CALIBRATION_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "services/recommend/domain/memory/card.h"
#include "services/recommend/domain/memory/scheduler.h"

namespace edirae::recommend::memory {

// How one learner's recall differs from what the model's default weights say: an additive correction of the log-odds of
// recall, learned online from the learner's own reviews. Bayesian logistic regression with one Newton step a review
// (the filter of J. Durbin and S. J. Koopman's kind for binary outcomes); before the first review nothing is corrected.
// A plain value of 140 bytes a learner.
class Calibration {
 public:
  static constexpr size_t kTerms = 7;

  Calibration();

  // The chance that `card`, which was reviewed at least once, is recalled at `now_ms`, according to `scheduler` (whose
  // model wrote the card) and to what this learner did before. 0.0001 to 0.9999.
  double Recall(const Scheduler& scheduler, const Card& card, int64_t now_ms) const;

  // Learns from what came of it: `card` as it was before this review. Only reviews at least a day (UTC) after the one
  // before say something; all others, and new cards, change nothing.
  void Observe(const Scheduler& scheduler, const Card& card, int64_t now_ms, bool recalled);

  // When the learner's own chance of recalling `card` falls to `retention`, in Unix milliseconds: whole days after the
  // last review, 1 to limits::kMaxReviewIntervalDays.
  int64_t DueMs(const Scheduler& scheduler, const Card& card, double retention) const;

  friend bool operator==(const Calibration&, const Calibration&) = default;

 private:
  using Terms = std::array<double, kTerms>;
  static Terms TermsOf(const Card& card, double recall, double elapsed_days);
  double LogOdds(double recall, const Terms& terms) const;

  std::array<float, kTerms> mean_ = {};
  std::array<float, kTerms*(kTerms + 1) / 2> covariance_ = {};  // lower triangle, row by row
};
static_assert(sizeof(Calibration) == 140);

}  // namespace edirae::recommend::memory

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_MEMORY_CALIBRATION_H_
