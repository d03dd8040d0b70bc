#include "services/recommend/domain/choosing/goal_sentences.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "services/recommend/domain/choosing/sentences.h"

namespace edirae::recommend::choosing {
namespace {

std::string Goal(const LearnerView& view) { return absl::StrCat("your goal, ", view.wishes()->goal_title, ","); }

std::string Gate(const LearnerView& view) {
  return absl::StrCat("the gate of “", view.course().stages[static_cast<size_t>(view.current_stage())].title, "”");
}

bool WaitsForReview(const LearnerView& view) {
  const TaughtStage& stage = view.course().stages[static_cast<size_t>(view.current_stage())];
  return stage.gate_wants_milestone && view.MilestoneOf(stage) == MilestoneStanding::kHandedIn;
}

std::string Left(const LearnerView& view) {
  const int left = view.way()->left_count();
  return absl::StrCat(Count(left, "concept"), left == 1 ? " is" : " are", " left");
}

std::string Capitalized(std::string sentence) {
  char& first = sentence.front();
  if (first >= 'a' && first <= 'z') first = static_cast<char>(first - 'a' + 'A');
  return sentence;
}

std::string Pinned(const LearnerView& view, int position, const std::string& it) {
  const wishing::Pin& pin = *view.way()->PinOf(position);
  if (pin.position != position) {
    return absl::StrCat(view.Taught(pin.position).title, ", which you have pinned, needs ", it);
  }
  const std::string day = pin.day.has_value() ? absl::StrCat(" to the week of ", absl::FormatCivilTime(*pin.day)) : "";
  return absl::StrCat("you have pinned ", it, day);
}

std::string Needed(const LearnerView& view, int position, const std::string& it) {
  if (!view.way()->Wants(position)) return absl::StrCat(Goal(view), " needs ", it);
  if (view.wishes()->concepts.size() == 1) return absl::StrCat(it, " is your goal");
  return absl::StrCat(it, " is part of your goal, ", view.wishes()->goal_title);
}

// What the claim says, without a full stop. `it` names the concept.
std::string Said(const LearnerView& view, const ToDo& to_do, const std::string& it) {
  switch (to_do.claim) {
    case Claim::kNone:
      return "";
    case Claim::kPinned:
      return Pinned(view, to_do.position, it);
    case Claim::kGoal:
      return Needed(view, to_do.position, it);
    case Claim::kSaidToBeKnown:
      return absl::StrCat("you say that you know ", it, ", and have not shown it yet: ",
                          view.way()->Needs(to_do.position) ? absl::StrCat(Goal(view), " builds on it")
                                                            : absl::StrCat(Gate(view), " waits for that"));
    case Claim::kGate:
      return absl::StrCat(Gate(view), " asks for ", it, ", and ", Goal(view), " goes on behind it");
    case Claim::kBeyond:
      return absl::StrCat("nothing of ", Goal(view), " can be done now");
  }
  return "";
}

// Whether everything that the goal is about is mastered, not only said to be known.
bool AllMastered(const LearnerView& view) {
  return std::ranges::all_of(view.wishes()->concepts, [&view](int it) { return view.Mastered(it); });
}

std::string Reached(const LearnerView& view) {
  const std::string& title = view.wishes()->goal_title;
  if (AllMastered(view)) return absl::StrCat("You have reached your goal, ", title);
  return absl::StrCat("Nothing is left to study for your goal, ", title,
                      ": you say that you know what you have not mastered");
}

// What can be done next, of what `to_learn` holds.
std::string Next(const LearnerView& view, const std::vector<ToDo>& to_learn, bool gate_is_next) {
  if (!to_learn.empty()) {
    const ToDo& first = to_learn.front();
    if (first.claim == Claim::kGoal || first.claim == Claim::kPinned) {
      return absl::StrCat(view.Taught(first.position).title, " is next.");
    }
    if (first.claim == Claim::kSaidToBeKnown) {
      return absl::StrCat(view.Taught(first.position).title, ", which you say you know, is to be shown first.");
    }
  }
  const bool asks_more = !to_learn.empty() && to_learn.front().claim == Claim::kGate;
  if (gate_is_next && WaitsForReview(view)) {
    return Capitalized(absl::StrCat(Gate(view), " waits until its milestone is reviewed."));
  }
  if (gate_is_next || asks_more) return Capitalized(absl::StrCat(Gate(view), " comes first."));
  return "Nothing of it can be done now.";
}

}  // namespace

v1::ReasonCode CodeOf(Claim claim) {
  switch (claim) {
    case Claim::kNone:
      return v1::REASON_CODE_UNSPECIFIED;
    case Claim::kPinned:
      return v1::REASON_CODE_PINNED;
    case Claim::kGoal:
      return v1::REASON_CODE_GOAL;
    case Claim::kSaidToBeKnown:
      return v1::REASON_CODE_SAID_TO_BE_KNOWN;
    case Claim::kGate:
      return v1::REASON_CODE_GATE;
    case Claim::kBeyond:
      return v1::REASON_CODE_BEYOND_GOAL;
  }
  return v1::REASON_CODE_UNSPECIFIED;
}

std::string ExplainWished(const LearnerView& view, const ToDo& to_do) {
  const std::string said = Capitalized(Said(view, to_do, view.Taught(to_do.position).title));
  if (to_do.claim == Claim::kBeyond) return absl::StrCat(said, ". ", ExplainFrontier(view, to_do.position));
  const std::string left = to_do.claim == Claim::kGoal ? absl::StrCat("; ", Left(view)) : "";
  return absl::StrCat(said, left, ".", WhatItNeeds(view, to_do.position));
}

std::string AlsoWished(const LearnerView& view, const ToDo& to_do) {
  return absl::StrCat(Capitalized(Said(view, to_do, "it")), ".");
}

std::string AlsoOnTheWay(const LearnerView& view, int position) {
  const Claim claim = ClaimOnTheWay(view, position);
  if (claim == Claim::kNone || WaitsForItsWeek(view, position)) return "";
  return absl::StrCat(" ", AlsoWished(view, {.position = position, .claim = claim}));
}

std::string ExplainUnwished(const LearnerView& view, int position) {
  const std::string& title = view.Taught(position).title;
  if (WaitsForItsWeek(view, position)) {
    return absl::StrCat("You have pinned ", title, " to the week of ",
                        absl::FormatCivilTime(*view.wishes()->PinOf(position)->day), ": it comes then.");
  }
  if (!HasGoalAhead(view) || view.way()->Has(position)) return "";
  return Capitalized(absl::StrCat(Goal(view), " does not need ", title, ", and there is more of it to do first."));
}

std::optional<v1::GoalStanding> StandingOf(const LearnerView& view, const std::vector<ToDo>& to_learn,
                                           bool gate_is_next) {
  if (view.way() == nullptr || !view.wishes()->has_goal()) return std::nullopt;
  v1::GoalStanding standing;
  standing.set_title(view.wishes()->goal_title);
  standing.set_left_count(view.way()->left_count());
  standing.set_reached(view.way()->reached());
  if (standing.reached()) {
    standing.set_explanation(
        absl::StrCat(Reached(view), to_learn.empty() ? "." : "; what follows is the rest of the roadmap."));
  } else {
    const auto asked = static_cast<int>(AskedByGates(view, *view.way()).size());
    const std::string gates = asked == 0 ? "" : absl::StrCat(", and ", asked, " more that gates on the way ask for");
    standing.set_gate_concept_count(asked);
    standing.set_explanation(absl::StrCat(Left(view), " for your goal, ", standing.title(), gates, ". ",
                                          Next(view, to_learn, gate_is_next)));
  }
  return standing;
}

}  // namespace edirae::recommend::choosing
