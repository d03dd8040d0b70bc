#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_MEMORY_FSRS7_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_MEMORY_FSRS7_H_

#include <array>

#include "services/recommend/domain/memory/rating.h"

// FSRS-7, the newest model of the Open Spaced Repetition project: a slow and a fast memory trace, each with a stability
// and a forgetting curve of its own; the chance of recall is a mixture of both curves. 34 weights. Times are fractional
// days, and no formula of its own for reviews on the same day. After the definition of September 2026 in the
// documentation of ts-fsrs (guide/model/fsrs-7), which no released package holds yet: it may still change.
namespace edirae::recommend::memory {

// What is remembered of a card that was reviewed at least once.
struct Fsrs7State {
  double stability = 0;       // days, of the slow trace; 0.0001 to 36,500
  double stability_fast = 0;  // days, of the fast trace; 0.0001 to 36,500
  double difficulty = 0;      // 1 (easy) to 10
};

// Immutable after construction, so any thread may use it.
class Fsrs7 {
 public:
  using Weights = std::array<double, 34>;
  static const Weights& DefaultWeights();

  // Weights must be finite and in the ranges of the definition; nothing is checked.
  explicit Fsrs7(const Weights& weights = DefaultWeights());

  // After the first review.
  Fsrs7State First(Rating rating) const;

  // After a later one, `elapsed_days` (0 or more) after the one before.
  Fsrs7State Next(const Fsrs7State& state, double elapsed_days, Rating rating) const;

  // The chance of recall `elapsed_days` (0 or more) after the last review, above 0 and below 1.
  double Retrievability(double elapsed_days, const Fsrs7State& state) const;

  // Days, up to `max_days`, after which the chance of recall has fallen to `retention` (above 0, below 1).
  double IntervalDays(const Fsrs7State& state, double retention, double max_days) const;

 private:
  struct Curves;
  Curves CurvesOf(const Fsrs7State& state) const;
  double NextStability(double stability, double difficulty, double retrievability, Rating rating,
                       int first_weight) const;
  double InitialDifficulty(Rating rating) const;

  Weights w_;
};

}  // namespace edirae::recommend::memory

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_MEMORY_FSRS7_H_
