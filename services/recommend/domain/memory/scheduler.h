#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_MEMORY_SCHEDULER_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_MEMORY_SCHEDULER_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "services/recommend/domain/memory/card.h"
#include "services/recommend/domain/memory/fsrs6.h"
#include "services/recommend/domain/memory/fsrs7.h"
#include "services/recommend/domain/memory/rating.h"

namespace edirae::recommend::memory {

enum class Model { kFsrs6, kFsrs7 };

// Says what becomes of a card at a review and when the next one is due: the model, and around it the learning steps of
// ts-fsrs 5.4.2 with its defaults (1 and 10 minutes for a new card, 10 for a lapsed one) and without fuzz. A card
// belongs to the model that wrote it; to change the model, replay the reviews. Immutable, so any thread may use it.
class Scheduler {
 public:
  explicit Scheduler(Model model = Model::kFsrs6) : model_(model) {}

  Model model() const { return model_; }

  // The card after a review at `now_ms` (Unix milliseconds, 0 to limits::kMaxReviewMs). `retention` is the chance of
  // recall at which the next review is due, limits::kMinRetention to kMaxRetention. INVALID_ARGUMENT when a value is
  // out of its range, or when `now_ms` is before the card's last review.
  absl::StatusOr<Card> Review(const Card& card, int64_t now_ms, Rating rating, double retention) const;

  // The chance of recall at `now_ms`; 0 for a new card. FSRS-6 counts full days of 24 hours here, as ts-fsrs does.
  // Time before the last review counts as none.
  double Retrievability(const Card& card, int64_t now_ms) const;

  // The same as a review at `now_ms` sees it: FSRS-6 counts the midnights (UTC) since the last review.
  double RetrievabilityAtReview(const Card& card, int64_t now_ms) const;

 private:
  Card Remember(const Card& card, int64_t now_ms, Rating rating) const;
  double IntervalDays(const Card& card, double retention) const;
  uint32_t ReviewMinutes(const Card& card, int64_t now_ms, Rating rating, double retention) const;

  Model model_;
  Fsrs6 fsrs6_;
  Fsrs7 fsrs7_;
};

}  // namespace edirae::recommend::memory

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_MEMORY_SCHEDULER_H_
