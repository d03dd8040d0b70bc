#include "services/recommend/domain/memory/calibration.h"

#include <algorithm>
#include <cmath>

#include "services/recommend/domain/durations.h"
#include "services/recommend/limits.h"

namespace edirae::recommend::memory {
namespace {

constexpr double kPriorVariance = 0.3;  // of each term's weight; 0.03 to 1 differ by 0.001 in log loss
constexpr double kLeastChance = 1e-4;

double Bounded(double chance) { return std::clamp(chance, kLeastChance, 1 - kLeastChance); }
double Logit(double chance) { return std::log(chance / (1 - chance)); }
double Logistic(double log_odds) { return 1 / (1 + std::exp(-log_odds)); }

size_t Triangle(size_t i, size_t j) { return i >= j ? i * (i + 1) / 2 + j : j * (j + 1) / 2 + i; }

}  // namespace

Calibration::Calibration() {
  for (size_t i = 0; i < kTerms; ++i) covariance_[Triangle(i, i)] = kPriorVariance;
}

// Each about 0 for an ordinary review and about 1 wide, so that one prior fits all.
Calibration::Terms Calibration::TermsOf(const Card& card, double recall, double elapsed_days) {
  return {1,
          Logit(recall) - 2.2,
          std::log(card.stability) - 2,
          (card.difficulty() - 6) / 2,
          std::log(1.0 + card.reviews) - 1.5,
          static_cast<double>(card.failed),
          std::log(elapsed_days + 0.01) - 1};
}

double Calibration::LogOdds(double recall, const Terms& terms) const {
  double log_odds = Logit(recall);
  for (size_t i = 0; i < kTerms; ++i) log_odds += static_cast<double>(mean_[i]) * terms[i];
  return log_odds;
}

double Calibration::Recall(const Scheduler& scheduler, const Card& card, int64_t now_ms) const {
  const double recall = Bounded(scheduler.RetrievabilityAtReview(card, now_ms));
  const double elapsed_days =
      static_cast<double>(std::max(now_ms - card.last_review_ms, int64_t{0})) / static_cast<double>(kDayMs);
  return Bounded(Logistic(LogOdds(recall, TermsOf(card, recall, elapsed_days))));
}

void Calibration::Observe(const Scheduler& scheduler, const Card& card, int64_t now_ms, bool recalled) {
  if (card.phase() == Phase::kNew || now_ms / kDayMs <= card.last_review_ms / kDayMs) return;
  const double recall = Bounded(scheduler.RetrievabilityAtReview(card, now_ms));
  const Terms terms =
      TermsOf(card, recall, static_cast<double>(now_ms - card.last_review_ms) / static_cast<double>(kDayMs));
  const double predicted = Bounded(Logistic(LogOdds(recall, terms)));
  Terms gain{};  // covariance times terms
  double spread = 0;
  for (size_t i = 0; i < kTerms; ++i) {
    for (size_t j = 0; j < kTerms; ++j) gain[i] += static_cast<double>(covariance_[Triangle(i, j)]) * terms[j];
    spread += gain[i] * terms[i];
  }
  const double information = predicted * (1 - predicted);
  const double step = 1 / (1 + information * spread);
  const double surprise = (recalled ? 1.0 : 0.0) - predicted;
  for (size_t i = 0; i < kTerms; ++i) {
    mean_[i] += static_cast<float>(step * gain[i] * surprise);
    for (size_t j = 0; j <= i; ++j) {
      covariance_[Triangle(i, j)] -= static_cast<float>(step * information * gain[i] * gain[j]);
    }
  }
}

int64_t Calibration::DueMs(const Scheduler& scheduler, const Card& card, double retention) const {
  const auto recall_after = [&](int64_t days) { return Recall(scheduler, card, card.last_review_ms + days * kDayMs); };
  int64_t low = 0;
  int64_t high = 1;
  while (high < limits::kMaxReviewIntervalDays && recall_after(high) > retention) {
    low = high;
    high = std::min(2 * high, int64_t{limits::kMaxReviewIntervalDays});
  }
  while (high - low > 1) {
    const int64_t middle = (low + high) / 2;
    (recall_after(middle) > retention ? low : high) = middle;
  }
  // Of the two days that the moment lies between the nearer one, as FSRS rounds.
  const bool sooner = low > 0 && std::abs(recall_after(low) - retention) < std::abs(recall_after(high) - retention);
  return card.last_review_ms + (sooner ? low : high) * kDayMs;
}

}  // namespace edirae::recommend::memory
