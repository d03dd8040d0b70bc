#include "services/recommend/domain/explanation.h"

#include <algorithm>
#include <bit>

#include "absl/strings/str_cat.h"
#include "services/recommend/domain/durations.h"

namespace edirae::recommend {
namespace {

std::string Count(int64_t number, absl::string_view unit) {
  return absl::StrCat(number, " ", unit, number == 1 ? "" : "s");
}

// "less than an hour", "5 hours", "1 day", rounded down.
std::string Span(int64_t ms) {
  if (ms < kHourMs) return "less than an hour";
  return ms < kDayMs ? Count(ms / kHourMs, "hour") : Count(ms / kDayMs, "day");
}

absl::string_view IsOrAre(int64_t number) { return number == 1 ? "is" : "are"; }

// "A", "A and B", "A, B and C".
std::string Join(const std::vector<absl::string_view>& names) {
  std::string joined;
  for (size_t i = 0; i < names.size(); ++i) {
    absl::StrAppend(&joined, i == 0 ? "" : i + 1 == names.size() ? " and " : ", ", names[i]);
  }
  return joined;
}

int CorrectInWindow(const ConceptState& state, int window) {
  const uint64_t mask = window >= 64 ? ~uint64_t{0} : (uint64_t{1} << window) - 1;
  return std::popcount(state.outcomes & mask);
}

std::string DistinctSoFar(const TaughtConcept& taught, int correct) {
  return absl::StrCat(correct, " of ", Count(taught.criterion.min_distinct_correct(), "different question"), " on ",
                      taught.title, " ", IsOrAre(correct), " right so far");
}

std::string Struggle(const TaughtConcept& taught) {
  return absl::StrCat("Your last 2 answers on ", taught.title, " were wrong");
}

}  // namespace

std::string ExplainAdvance(const TaughtStage& stage, int required_count) {
  if (required_count == 1) {
    return absl::StrCat("The required concept of “", stage.title, "” is mastered: ask for its gate.");
  }
  return absl::StrCat("All ", required_count, " required concepts of “", stage.title,
                      "” are mastered: ask for its gate.");
}

std::string ExplainReview(const TaughtConcept& taught, const Memory& memory, int64_t now_ms) {
  const std::string due = Span(now_ms - memory.due_ms);
  if (memory.last_success_ms == 0) {
    return absl::StrCat("You have not recalled ", taught.title, " yet, and its review has been due for ", due, ".");
  }
  return absl::StrCat("You last recalled ", taught.title, " ", Span(now_ms - memory.last_success_ms),
                      " ago, and its review has been due for ", due, ".");
}

std::string ExplainProgress(const TaughtConcept& taught, const ConceptState& state) {
  const auto& criterion = taught.criterion;
  if (state.distinct_correct < criterion.min_distinct_correct()) {
    return absl::StrCat(DistinctSoFar(taught, state.distinct_correct), ".");
  }
  const int newest = criterion.window() > 0 ? std::min(state.answers, criterion.window()) : state.answers;
  const int correct = CorrectInWindow(state, newest);
  const std::string so_far = absl::StrCat(correct, " of your newest ", Count(newest, "answer"), " on ", taught.title,
                                          " ", IsOrAre(correct), " right");
  if (criterion.min_correct_in_window() == 0) return absl::StrCat(so_far, ", and it takes more right ones than that.");
  return absl::StrCat(so_far, ", and it takes ", criterion.min_correct_in_window(), " of ", criterion.window(), ".");
}

std::string ExplainReturn(const TaughtConcept& taught, const ConceptState& state, int64_t now_ms) {
  const int questions = state.distinct_correct;
  return absl::StrCat(Count(questions, "different question"), " on ", taught.title, " ",
                      questions == 1 ? "was" : "were", " right ", Span(now_ms - state.last_activity_ms),
                      " ago: one right answer now shows that it stayed.");
}

std::string ExplainStruggle(const TaughtConcept& taught, const TaughtConcept& prerequisite,
                            const ConceptState* prerequisite_state) {
  const std::string start = absl::StrCat(Struggle(taught), "; it builds on ", prerequisite.title);
  if (prerequisite_state != nullptr && prerequisite_state->mastered) {
    return absl::StrCat(start, ", so recall that first.");
  }
  if (prerequisite_state == nullptr || prerequisite_state->answers == 0) {
    return absl::StrCat(start, ", which you have not begun.");
  }
  return absl::StrCat(start, ", and ", DistinctSoFar(prerequisite, prerequisite_state->distinct_correct), ".");
}

std::string ExplainStruggle(const TaughtConcept& taught, const ConceptState& state) {
  if (!taught.resources.empty()) {
    return absl::StrCat(Struggle(taught), ": take a look at “", taught.resources.front().title,
                        "” before the next question.");
  }
  return absl::StrCat(Struggle(taught), "; ", DistinctSoFar(taught, state.distinct_correct), ".");
}

std::string ExplainFrontier(const TaughtConcept& taught, const std::vector<absl::string_view>& prerequisite_titles,
                            bool all_mastered, const TaughtStage& stage) {
  const absl::string_view next = taught.optional ? " is open to you, and optional" : " is next";
  if (prerequisite_titles.empty()) {
    return absl::StrCat(taught.title, next, " in “", stage.title, "”; it needs no other concept first.");
  }
  return absl::StrCat(all_mastered ? "You mastered " : "You have shown ", Join(prerequisite_titles), ", so ",
                      taught.title, next, ".");
}

}  // namespace edirae::recommend
