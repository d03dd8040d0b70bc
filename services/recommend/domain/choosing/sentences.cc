#include "services/recommend/domain/choosing/sentences.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "absl/strings/str_cat.h"
#include "services/recommend/domain/choosing/goal_sentences.h"
#include "services/recommend/domain/choosing/item_choice.h"
#include "services/recommend/domain/steps/next_step.h"

namespace edirae::recommend::choosing {
namespace {

std::string Span(int64_t ms) {
  if (ms < kHourMs) return "less than an hour";
  return ms < kDayMs ? Count(ms / kHourMs, "hour") : Count(ms / kDayMs, "day");
}

absl::string_view IsOrAre(int64_t number) { return number == 1 ? "is" : "are"; }

int64_t SinceMs(const LearnerView& view, int position) {
  return std::max<int64_t>(0, view.now_ms() - view.StateOf(position).last_activity_ms);
}

// The prerequisite with the lowest chance of a right answer, of those that were answered; -1 for none.
int WeakestPrerequisite(const LearnerView& view, int position) {
  int weakest = -1;
  for (const int it : view.Taught(position).prerequisites) {
    if (view.Begun(it) && (weakest < 0 || view.StepChance(it) < view.StepChance(weakest))) weakest = it;
  }
  return weakest;
}

int CorrectInWindow(const ConceptState& state, int window) {
  const uint64_t mask = window >= 64 ? ~uint64_t{0} : (uint64_t{1} << window) - 1;
  return std::popcount(state.outcomes & mask);
}

// What the gate's rule still wants: an opinion about no evidence, but a count of it.
std::string WhatIsMissing(const LearnerView& view, int position) {
  const ConceptState& state = view.StateOf(position);
  const auto& criterion = view.Taught(position).criterion;
  const absl::string_view aided = criterion.without_hints() ? " without a hint" : "";
  const int distinct = criterion.without_hints() ? state.distinct_unaided : state.distinct_correct;
  if (distinct < criterion.min_distinct_correct()) {
    return absl::StrCat(distinct, " of ", Count(criterion.min_distinct_correct(), "different question"), " ",
                        IsOrAre(distinct), " right", aided, " so far");
  }
  const int newest = criterion.window() > 0 ? std::min(state.answers, criterion.window()) : state.answers;
  const int correct = CorrectInWindow(state, newest);
  const std::string so_far =
      absl::StrCat(correct, " of the newest ", Count(newest, "answer"), " ", IsOrAre(correct), " right", aided);
  if (criterion.min_correct_in_window() == 0) return absl::StrCat(so_far, ", and it takes more right ones than that");
  return absl::StrCat(so_far, ", and it takes ", criterion.min_correct_in_window(), " of ", criterion.window());
}

// The card that is due, when it is one that fell due first; null when it is the concept.
const TaughtCard* DueCard(const LearnerView& view, int position) {
  const ConceptState& state = view.StateOf(position);
  if (state.recall.planned() && state.recall.due_ms <= view.DueMs(position)) return nullptr;
  return NextCard(view, position);
}

std::string AllIsMastered(const TaughtStage& stage, int required_count) {
  if (required_count == 1) return absl::StrCat("The required concept of “", stage.title, "” is mastered");
  return absl::StrCat("All ", required_count, " required concepts of “", stage.title, "” are mastered");
}

}  // namespace

std::string Count(int64_t number, absl::string_view unit) {
  return absl::StrCat(number, " ", unit, number == 1 ? "" : "s");
}

std::string Ago(int64_t ms) { return absl::StrCat(Span(ms), " ago"); }

std::string Percent(double chance) { return absl::StrCat(std::lround(chance * 100), " %"); }

std::string AnswersSoFar(const LearnerView& view, int position) {
  const ConceptState& state = view.StateOf(position);
  return absl::StrCat("You answered ", state.correct, " of ", state.answers, " right on ", view.Taught(position).title);
}

std::string WhatItNeeds(const LearnerView& view, int position) {
  const int weakest = WeakestPrerequisite(view, position);
  if (weakest < 0) return "";
  return absl::StrCat(" ", AnswersSoFar(view, weakest), ", which this needs; last seen ", Ago(SinceMs(view, weakest)),
                      ".");
}

std::string ExplainAdvance(const TaughtStage& stage, int required_count) {
  return absl::StrCat(AllIsMastered(stage, required_count), ": ask for its gate.");
}

std::string ExplainSubmit(const TaughtStage& stage, int required_count, MilestoneStanding standing) {
  const char* const what = standing == MilestoneStanding::kReturned ? ": improve and hand in again " : ": hand in ";
  return absl::StrCat(AllIsMastered(stage, required_count), what, "its milestone, “", stage.milestone_title,
                      "”; the gate asks for it.");
}

std::string ExplainReview(const LearnerView& view, int position) {
  const std::string due = Span(view.now_ms() - view.DueMs(position));
  const TaughtCard* card = DueCard(view, position);
  const std::string what = card == nullptr ? "it" : "a card of it";
  return absl::StrCat("You last met ", view.Taught(position).title, " ", Ago(SinceMs(view, position)),
                      ", and your chance of recalling ", what, " is ", Percent(view.RecallChance(position)),
                      " now: its review has been due for ", due, ".");
}

std::string ExplainFrontier(const LearnerView& view, int position) {
  const TaughtConcept& taught = view.Taught(position);
  const TaughtStage& stage = view.course().stages[static_cast<size_t>(taught.stage)];
  const std::string next = taught.optional
                               ? absl::StrCat(taught.title, " is open to you, and optional in “", stage.title, "”")
                               : absl::StrCat(taught.title, " is next in “", stage.title, "”");
  if (taught.prerequisites.empty()) return absl::StrCat(next, "; it needs no other concept first.");
  return absl::StrCat(next, ".", WhatItNeeds(view, position));
}

std::string ExplainProgress(const LearnerView& view, int position) {
  std::string text = absl::StrCat(AnswersSoFar(view, position), "; ", WhatIsMissing(view, position), ".");
  const int weakest = WeakestPrerequisite(view, position);
  if (weakest >= 0 && !view.Mastered(weakest)) absl::StrAppend(&text, WhatItNeeds(view, position));
  return text;
}

std::string ExplainStruggle(const LearnerView& view, int position) {
  const TaughtConcept& taught = view.Taught(position);
  const std::string start = absl::StrCat("Your last 2 answers on ", taught.title, " were wrong");
  for (const int it : taught.prerequisites) {
    if (!view.Begun(it) && !view.Mastered(it)) {
      return absl::StrCat(start, "; it builds on ", view.Taught(it).title, ", which you have not begun.");
    }
  }
  const int weakest = WeakestPrerequisite(view, position);
  if (weakest >= 0 && (!view.Mastered(weakest) || view.Due(weakest) || view.LastWrong(weakest, 1))) {
    return absl::StrCat(start, ".", WhatItNeeds(view, position));
  }
  const auto resources = BestResources(view, position);
  if (!resources.empty()) {
    return absl::StrCat(start, ": take a look at “", resources.front().resource->title, "” before the next question.");
  }
  return absl::StrCat(start, "; ", WhatIsMissing(view, position), ".");
}

std::string ExplainReturn(const LearnerView& view, int position) {
  const int questions = view.StateOf(position).distinct_correct;
  return absl::StrCat(Count(questions, "different question"), " on ", view.Taught(position).title, " ",
                      questions == 1 ? "was" : "were", " right ", Ago(SinceMs(view, position)),
                      ": one right answer now shows that it stayed.");
}

std::string ExplainEarlyReview(const LearnerView& view, int position) {
  return absl::StrCat("Nothing is due and nothing is left to begin now. ", view.Taught(position).title,
                      " is what a review helps most: last seen ", Ago(SinceMs(view, position)),
                      ", the chance of a right answer is ", Percent(view.StepChance(position)), ".");
}

std::string ExplainSilence(const LearnerView& view, int position) {
  const TaughtConcept& taught = view.Taught(position);
  if (view.Mastered(position)) {
    if (view.DueMs(position) == 0) return absl::StrCat(taught.title, " is mastered.");
    return absl::StrCat(taught.title, " is mastered; its review falls due in ",
                        Span(std::max<int64_t>(0, view.DueMs(position) - view.now_ms())), ".");
  }
  if (position >= view.end_open()) {
    const auto& stages = view.course().stages;
    return absl::StrCat(taught.title, " belongs to “", stages[static_cast<size_t>(taught.stage)].title,
                        "”, which opens with the gate of “", stages[static_cast<size_t>(view.current_stage())].title,
                        "”.");
  }
  if (view.Rests(position)) {
    return absl::StrCat(taught.title, " is shown and rests: the next question on it comes in ",
                        Span(view.RestsUntilMs(position) - view.now_ms()), ".");
  }
  if (!view.Begun(position) && !view.Ready(position)) {
    for (const int it : taught.prerequisites) {
      if (view.Mastered(it) || view.Secure(it) || view.Shown(it)) continue;
      return absl::StrCat(taught.title, " needs ", view.Taught(it).title, " first.");
    }
  }
  if (view.Begun(position) && !view.MayPractise(position)) {
    if (view.RestDays(position) == 0) {
      return absl::StrCat(taught.title, " was asked about ", view.AnswersToday(position),
                          " times today; it goes on tomorrow.");
    }
    return absl::StrCat(taught.title, " was often wrong and rests: it goes on in ",
                        Span(view.PractisedFromMs(position) - view.now_ms()), ". Look into its lesson meanwhile.");
  }
  if (const int64_t askable_ms = AskableMs(view, position); askable_ms != 0) {
    return absl::StrCat("All questions on ", taught.title, " were answered in the last 12 hours; they count again in ",
                        Span(askable_ms - view.now_ms()), ".");
  }
  if (std::string unwished = ExplainUnwished(view, position); !unwished.empty()) return unwished;
  return absl::StrCat("Others come before ", taught.title, " in the curriculum.");
}

}  // namespace edirae::recommend::choosing
