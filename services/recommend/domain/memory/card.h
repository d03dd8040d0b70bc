#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_MEMORY_CARD_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_MEMORY_CARD_H_

#include <cstdint>
#include <type_traits>

#include "services/recommend/domain/memory/fsrs6.h"
#include "services/recommend/domain/memory/fsrs7.h"

namespace edirae::recommend::memory {

// Where a card is on its way. A new one has learning steps, minutes apart, before its first review days later; a lapsed
// one has relearning steps.
enum class Phase : uint8_t { kNew, kLearning, kReview, kRelearning };

// What `Card::reviews` counts up to.
inline constexpr uint32_t kManyReviews = 15;

// One learner's memory of one card (or of one mastered concept), as it is kept: a plain value. Written by `Scheduler`.
struct Card {
  double stability = 0;                // days; of the slow trace under FSRS-7
  double stability_fast = 0;           // days; FSRS-7 only
  int64_t last_review_ms = 0;          // Unix milliseconds
  uint32_t difficulty_e8 : 30 = 0;     // difficulty in units of 1e-8, which is as exactly as FSRS knows it
  uint32_t phase_number : 2 = 0;       // a Phase
  uint32_t interval_minutes : 26 = 0;  // from the last review to the next
  uint32_t step : 1 = 0;               // of the learning or relearning steps, from 0
  uint32_t failed : 1 = 0;             // whether the last rating was again
  uint32_t reviews : 4 = 0;            // how many so far; kManyReviews for more

  Phase phase() const { return static_cast<Phase>(phase_number); }
  double difficulty() const;
  // Unix milliseconds; 0 for a new card.
  int64_t due_ms() const { return last_review_ms + int64_t{interval_minutes} * 60'000; }
  Fsrs6State fsrs6() const { return {stability, difficulty()}; }
  Fsrs7State fsrs7() const { return {stability, stability_fast, difficulty()}; }

  friend bool operator==(const Card&, const Card&) = default;
};
static_assert(sizeof(Card) == 32 && std::is_trivially_copyable_v<Card>);

}  // namespace edirae::recommend::memory

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_MEMORY_CARD_H_
