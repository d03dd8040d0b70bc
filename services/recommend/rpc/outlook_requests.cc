#include "services/recommend/rpc/outlook_requests.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "absl/strings/str_cat.h"
#include "common/ids/ids.h"
#include "common/status/macros.h"
#include "services/recommend/domain/wishing/kept_goal.h"
#include "services/recommend/errors.h"
#include "services/recommend/limits.h"

namespace edirae::recommend {
namespace {

// Nothing for an empty text. INVALID_ARGUMENT for what is no date of the year 2000 to 9999.
absl::StatusOr<std::optional<absl::CivilDay>> DayOf(const std::string& field, const std::string& text) {
  if (text.empty()) return std::optional<absl::CivilDay>();
  absl::CivilDay day;
  if (text.size() != 10 || !absl::ParseCivilTime(text, &day) || day.year() < limits::kFirstYear) {
    return OutOfRange(field,
                      absl::StrCat("is no date such as 2027-01-31, of the year ", limits::kFirstYear, " or later"));
  }
  return std::optional(day);
}

template <class Ids>
absl::Status CheckConcepts(const std::string& field, const Ids& ids) {
  if (ids.size() > limits::kMaxGoalConcepts) {
    return OutOfRange(field, absl::StrCat("has ", ids.size(), " concepts; at most ", limits::kMaxGoalConcepts));
  }
  for (const std::string& id : ids) EDIRAE_RETURN_IF_ERROR(CheckSlug(field, id));
  return absl::OkStatus();
}

template <class Ids>
absl::StatusOr<std::vector<int>> PositionsOf(const CourseIndex& course, const Ids& ids) {
  std::vector<int> positions;
  for (const std::string& id : ids) {
    EDIRAE_ASSIGN_OR_RETURN(const int position, PositionOf(course, id));
    positions.push_back(position);
  }
  return positions;
}

absl::StatusOr<std::vector<int>> TargetOf(const CourseIndex& course, const v1::TrackGoal& goal) {
  if (goal.has_concepts()) return PositionsOf(course, goal.concepts().concept_ids());
  if (goal.has_career_id()) {
    const auto found = std::ranges::find(course.careers, goal.career_id(), &Career::id);
    if (found == course.careers.end()) return NoSuchCareer(goal.career_id());
    return found->concepts;
  }
  return wishing::RequiredConcepts(course);
}

// limits::kMaxGoalYears after a day. The ledger counts the years from the day on which a goal is set, which may begin
// the day before.
absl::CivilDay YearsAfter(absl::CivilDay start, bool may_begin_the_day_before) {
  const absl::CivilDay set = start + (may_begin_the_day_before ? 1 : 0);
  return absl::CivilDay(set.year() + limits::kMaxGoalYears, set.month(), set.day());
}

}  // namespace

absl::Status CheckFields(const v1::ExplainRequest& request) { return CheckSlug("concept_id", request.concept_id()); }

absl::Status CheckFields(const v1::WhatIfRequest& request) {
  if (request.max_suggestions() < 0 || request.max_suggestions() > limits::kMaxSuggestions) {
    return BadMaxSuggestions(request.max_suggestions());
  }
  const int count = request.answers_size();
  if (count < 1 || count > limits::kMaxHypotheticalAnswers) {
    return OutOfRange("answers", absl::StrCat("are ", count, "; there can be 1 to ", limits::kMaxHypotheticalAnswers));
  }
  for (const v1::HypotheticalAnswer& answer : request.answers()) {
    EDIRAE_RETURN_IF_ERROR(CheckItemId("question_id", answer.question_id()));
    if (answer.after_hours() < 0 || answer.after_hours() > limits::kMaxHypotheticalHours) {
      return OutOfRange("after_hours",
                        absl::StrCat("is ", answer.after_hours(), "; it can be 0 to ", limits::kMaxHypotheticalHours));
    }
  }
  return absl::OkStatus();
}

absl::Status CheckFields(const v1::PlanSessionRequest& request) {
  const int minutes = request.minutes();
  if (minutes == 0 || (minutes >= limits::kMinSessionMinutes && minutes <= limits::kMaxSessionMinutes)) {
    return absl::OkStatus();
  }
  return OutOfRange("minutes", absl::StrCat("is ", minutes, "; it can be ", limits::kMinSessionMinutes, " to ",
                                            limits::kMaxSessionMinutes, ", or 0 for ", limits::kDefaultSessionMinutes));
}

absl::Status CheckFields(const v1::PlanTrackRequest& request) {
  const v1::TrackGoal& goal = request.goal();
  const double hours = goal.hours_per_week();
  if (!(hours >= limits::kMinHoursPerWeek && hours <= limits::kMaxHoursPerWeek)) {
    return OutOfRange("hours_per_week", absl::StrCat("is ", hours, "; it can be ", limits::kMinHoursPerWeek, " to ",
                                                     limits::kMaxHoursPerWeek));
  }
  if (goal.has_career_id()) EDIRAE_RETURN_IF_ERROR(CheckSlug("career_id", goal.career_id()));
  if (goal.has_concepts() && goal.concepts().concept_ids().empty()) {
    return OutOfRange("concept_ids", "has no concepts; at least 1");
  }
  EDIRAE_RETURN_IF_ERROR(CheckConcepts("concept_ids", goal.concepts().concept_ids()));
  EDIRAE_RETURN_IF_ERROR(CheckConcepts("known_concept_ids", goal.known_concept_ids()));
  EDIRAE_RETURN_IF_ERROR(DayOf("start_date", goal.start_date()).status());
  return DayOf("target_date", goal.target_date()).status();
}

absl::StatusOr<int> PositionOf(const CourseIndex& course, const std::string& concept_id) {
  const auto found = course.positions.find(KeyOf(concept_id));
  if (found == course.positions.end()) return NoSuchConcept(course.roadmap_id, concept_id);
  return found->second;
}

absl::StatusOr<std::vector<choosing::Hypothesis>> HypothesesOf(const CourseIndex& course, absl::Time now,
                                                               const v1::WhatIfRequest& request) {
  std::vector<choosing::Hypothesis> hypotheses;
  absl::Time at = now;
  for (const v1::HypotheticalAnswer& answer : request.answers()) {
    const auto owner = course.owners.find(KeyOf(answer.question_id()));
    if (owner == course.owners.end()) return NoSuchQuestion(course.roadmap_id, answer.question_id());
    at = std::max(at, now + absl::Hours(answer.after_hours()));
    const auto& questions = course.concepts[static_cast<size_t>(owner->second)].questions;
    const auto question = std::ranges::find(questions, answer.question_id(), &TaughtQuestion::id);
    hypotheses.push_back({.position = owner->second, .question = &*question, .correct = answer.correct(), .at = at});
  }
  return hypotheses;
}

absl::StatusOr<track::Goal> GoalOf(const CourseIndex& course, absl::Time now, const v1::TrackGoal& goal) {
  track::Goal checked;
  EDIRAE_ASSIGN_OR_RETURN(checked.concepts, TargetOf(course, goal));
  checked.with_milestones = !goal.has_concepts();
  checked.hours_per_week = goal.hours_per_week();
  EDIRAE_ASSIGN_OR_RETURN(const auto start, DayOf("start_date", goal.start_date()));
  const absl::CivilDay today = absl::ToCivilDay(now, absl::UTCTimeZone());
  checked.start = start.value_or(today);
  if (checked.start > YearsAfter(today, /*may_begin_the_day_before=*/true)) {
    return OutOfRange("start_date", absl::StrCat("is more than ", limits::kMaxGoalYears, " years from now"));
  }
  EDIRAE_ASSIGN_OR_RETURN(checked.target, DayOf("target_date", goal.target_date()));
  if (checked.target.has_value() &&
      (*checked.target < checked.start || *checked.target > YearsAfter(checked.start, start.has_value()))) {
    return OutOfRange("target_date",
                      absl::StrCat("is before the start, or more than ", limits::kMaxGoalYears, " years after it"));
  }
  EDIRAE_ASSIGN_OR_RETURN(checked.known, PositionsOf(course, goal.known_concept_ids()));
  return checked;
}

}  // namespace edirae::recommend
