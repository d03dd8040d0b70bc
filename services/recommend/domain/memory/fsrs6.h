#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_MEMORY_FSRS6_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_MEMORY_FSRS6_H_

#include <array>

#include "services/recommend/domain/memory/rating.h"

// FSRS-6, the memory model of J. Ye and the Open Spaced Repetition project: two numbers a card, 21 weights. Equal to
// ts-fsrs 5.4.2 step by step; fsrs_differential_test compares them.
namespace edirae::recommend::memory {

// What is remembered of a card that was reviewed at least once.
struct Fsrs6State {
  double stability = 0;   // days until the chance of recall has fallen to 0.9; 0.001 to 36,500
  double difficulty = 0;  // 1 (easy) to 10
};

// Immutable after construction, so any thread may use it. The default weights are those of ts-fsrs.
class Fsrs6 {
 public:
  using Weights = std::array<double, 21>;
  static const Weights& DefaultWeights();

  // Every weight is brought into its range first, as the reference does (for one relearning step or none); one that is
  // not a number counts as 0.
  explicit Fsrs6(const Weights& weights = DefaultWeights());

  // After the first review.
  Fsrs6State First(Rating rating) const;

  // After a later one, `elapsed_days` (whole, 0 or more: 0 is the same day) after the one before.
  Fsrs6State Next(const Fsrs6State& state, double elapsed_days, Rating rating) const;

  // The chance of recall `elapsed_days` (0 or more) after the last review, 0 to 1: (1 + F t / S)^-w20, with F such that
  // it is 0.9 at t = S.
  double Retrievability(double elapsed_days, double stability) const;

  // Whole days, 1 to `max_days`, after which the chance of recall has fallen to `retention` (above 0, below 1).
  int IntervalDays(double stability, double retention, int max_days) const;

  const Weights& weights() const { return w_; }

 private:
  double StabilityAfterRecall(const Fsrs6State& state, double retrievability, Rating rating) const;
  double StabilityAfterLapse(const Fsrs6State& state, double retrievability) const;
  double StabilityOnSameDay(double stability, Rating rating) const;
  double InitialDifficulty(Rating rating) const;
  double NextDifficulty(double difficulty, Rating rating) const;

  Weights w_;
  double factor_;  // F of the forgetting curve
};

}  // namespace edirae::recommend::memory

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_MEMORY_FSRS6_H_
