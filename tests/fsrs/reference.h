#ifndef EDIRAE_TESTS_FSRS_REFERENCE_H_
#define EDIRAE_TESTS_FSRS_REFERENCE_H_

#include <cstdint>
#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "services/recommend/domain/memory/scheduler.h"

namespace edirae::testing {

// A review, and what the reference implementation makes of it. tools/ts-fsrs/ts-fsrs prints them.
struct ReferenceReview {
  std::string card_id;
  int64_t ts_ms = 0;
  recommend::memory::Rating rating = recommend::memory::Rating::kAgain;
  double stability = 0;
  double difficulty = 0;
  double retrievability_before = 0;
  int64_t due_ms = 0;
};

// INVALID_ARGUMENT for a line that tools/ts-fsrs/ts-fsrs does not print.
absl::StatusOr<ReferenceReview> ParseReferenceReview(const std::string& line);

// Plays reviews to our scheduler, card by card, and compares. Not thread-safe.
class Comparison {
 public:
  // Empty when ours agrees: due times exactly; stability, difficulty and retrievability within 1e-8, for stabilities
  // above a day within 1e-8 of the value. Otherwise what differs. What differs once is not carried on: the next review
  // of the card starts from ours.
  std::string Play(const ReferenceReview& review);

 private:
  recommend::memory::Scheduler scheduler_;
  std::map<std::string, recommend::memory::Card> cards_;
};

}  // namespace edirae::testing

#endif  // EDIRAE_TESTS_FSRS_REFERENCE_H_
