#include "services/recommend/domain/memory/scheduler.h"

#include <algorithm>
#include <array>
#include <optional>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "services/recommend/domain/durations.h"
#include "services/recommend/domain/memory/rounding.h"
#include "services/recommend/limits.h"

namespace edirae::recommend::memory {
namespace {

constexpr double kDayMinutes = 24 * 60;
constexpr std::array<uint32_t, 2> kLearningMinutes = {1, 10};
constexpr std::array<uint32_t, 1> kRelearningMinutes = {10};

struct Step {
  uint32_t minutes;
  uint32_t number;  // of the step that the card stands at while it waits
};

// A lapse or a first failure begins the steps; hard stays at its step and waits until between it and the next (or half
// as long again, when it is the only one); good goes on. Nothing when the steps are done, or are not for this rating.
template <size_t count>
std::optional<Step> NextStep(const std::array<uint32_t, count>& minutes, uint32_t at, Rating rating) {
  if (at >= count) return std::nullopt;
  switch (rating) {
    case Rating::kAgain:
      return Step{minutes[0], 0};
    case Rating::kHard:
      return Step{(count == 1 ? 3 * minutes[0] + 1 : minutes[0] + minutes[count == 1 ? 0 : 1] + 1) / 2, at};
    case Rating::kGood:
      if (at + 1 < count) return Step{minutes[at + 1], at + 1};
      return std::nullopt;
    case Rating::kEasy:
      return std::nullopt;
  }
  return std::nullopt;
}

std::optional<Step> NextStep(const Card& card, Rating rating) {
  switch (card.phase()) {
    case Phase::kNew:
    case Phase::kLearning:
      return NextStep(kLearningMinutes, card.step, rating);
    case Phase::kReview:
      return rating == Rating::kAgain ? NextStep(kRelearningMinutes, 0, rating) : std::nullopt;
    case Phase::kRelearning:
      return NextStep(kRelearningMinutes, card.step, rating);
  }
  return std::nullopt;
}

// Where a card stands while it waits for its next step.
Phase SteppingPhase(Phase before) {
  return before == Phase::kReview || before == Phase::kRelearning ? Phase::kRelearning : Phase::kLearning;
}

double CalendarDays(int64_t from_ms, int64_t to_ms) {
  return static_cast<double>(std::max(to_ms / kDayMs - from_ms / kDayMs, int64_t{0}));
}

double FractionalDays(int64_t from_ms, int64_t to_ms) {
  return static_cast<double>(std::max(to_ms - from_ms, int64_t{0})) / static_cast<double>(kDayMs);
}

void SetDifficulty(double difficulty, Card& card) {
  card.difficulty_e8 = static_cast<uint32_t>(RoundHalfUp(difficulty * kDecimals));
}

absl::Status Check(const Card& card, int64_t now_ms, double retention) {
  if (now_ms < 0 || now_ms > limits::kMaxReviewMs) {
    return absl::InvalidArgumentError(
        absl::StrCat("a review at ", now_ms, " ms; it can be 0 to ", limits::kMaxReviewMs));
  }
  if (!(retention >= limits::kMinRetention && retention <= limits::kMaxRetention)) {
    return absl::InvalidArgumentError(absl::StrCat("a desired retention of ", retention, "; it can be ",
                                                   limits::kMinRetention, " to ", limits::kMaxRetention));
  }
  if (card.phase() != Phase::kNew && now_ms < card.last_review_ms) {
    return absl::InvalidArgumentError(
        absl::StrCat("a review at ", now_ms, " ms, before the last one of the card at ", card.last_review_ms, " ms"));
  }
  return absl::OkStatus();
}

}  // namespace

double Card::difficulty() const { return static_cast<double>(difficulty_e8) / kDecimals; }

absl::StatusOr<Card> Scheduler::Review(const Card& card, int64_t now_ms, Rating rating, double retention) const {
  if (absl::Status checked = Check(card, now_ms, retention); !checked.ok()) return checked;
  Card next = Remember(card, now_ms, rating);
  next.last_review_ms = now_ms;
  next.failed = rating == Rating::kAgain ? 1 : 0;
  next.reviews = std::min(uint32_t{card.reviews} + 1, kManyReviews);
  if (const std::optional<Step> step = NextStep(card, rating); step.has_value()) {
    next.phase_number = static_cast<uint32_t>(SteppingPhase(card.phase()));
    next.interval_minutes = step->minutes;
    next.step = step->number;
    return next;
  }
  next.phase_number = static_cast<uint32_t>(Phase::kReview);
  next.step = 0;
  next.interval_minutes =
      card.phase() == Phase::kReview
          ? ReviewMinutes(card, now_ms, rating, retention)
          : static_cast<uint32_t>(std::max(RoundHalfUp(IntervalDays(next, retention) * kDayMinutes), 1.0));
  return next;
}

double Scheduler::Retrievability(const Card& card, int64_t now_ms) const {
  if (card.phase() == Phase::kNew) return 0;
  if (model_ == Model::kFsrs7) return fsrs7_.Retrievability(FractionalDays(card.last_review_ms, now_ms), card.fsrs7());
  const int64_t full_days = std::max(now_ms - card.last_review_ms, int64_t{0}) / kDayMs;
  return fsrs6_.Retrievability(static_cast<double>(full_days), card.stability);
}

double Scheduler::RetrievabilityAtReview(const Card& card, int64_t now_ms) const {
  if (card.phase() == Phase::kNew || model_ == Model::kFsrs7) return Retrievability(card, now_ms);
  return fsrs6_.Retrievability(CalendarDays(card.last_review_ms, now_ms), card.stability);
}

// The card with the memory that it has after the review, all else as before.
Card Scheduler::Remember(const Card& card, int64_t now_ms, Rating rating) const {
  const bool first = card.phase() == Phase::kNew;
  Card next = card;
  if (model_ == Model::kFsrs6) {
    const double elapsed = first ? 0 : CalendarDays(card.last_review_ms, now_ms);
    const Fsrs6State state = first ? fsrs6_.First(rating) : fsrs6_.Next(card.fsrs6(), elapsed, rating);
    next.stability = state.stability;
    SetDifficulty(state.difficulty, next);
    return next;
  }
  const double elapsed = first ? 0 : FractionalDays(card.last_review_ms, now_ms);
  const Fsrs7State state = first ? fsrs7_.First(rating) : fsrs7_.Next(card.fsrs7(), elapsed, rating);
  next.stability = state.stability;
  next.stability_fast = state.stability_fast;
  SetDifficulty(state.difficulty, next);
  return next;
}

double Scheduler::IntervalDays(const Card& card, double retention) const {
  return model_ == Model::kFsrs6 ? fsrs6_.IntervalDays(card.stability, retention, limits::kMaxReviewIntervalDays)
                                 : fsrs7_.IntervalDays(card.fsrs7(), retention, limits::kMaxReviewIntervalDays);
}

// Of a card in review that was recalled: hard must not wait longer than good; good waits longer than hard and easy
// longer than good, a day at least where the model counts days.
uint32_t Scheduler::ReviewMinutes(const Card& card, int64_t now_ms, Rating rating, double retention) const {
  const double apart = model_ == Model::kFsrs6 ? 1 : 0;
  const double if_good = IntervalDays(Remember(card, now_ms, Rating::kGood), retention);
  const double hard = std::min(IntervalDays(Remember(card, now_ms, Rating::kHard), retention), if_good);
  const double good = std::max(if_good, hard + apart);
  double days = rating == Rating::kHard ? hard : good;
  if (rating == Rating::kEasy) {
    days = std::max(IntervalDays(Remember(card, now_ms, Rating::kEasy), retention), good + apart);
  }
  return static_cast<uint32_t>(std::max(RoundHalfUp(days * kDayMinutes), 1.0));
}

}  // namespace edirae::recommend::memory
