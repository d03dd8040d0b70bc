#include "services/recommend/domain/wishing/wishes.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/recommend/domain/inheritance.h"
#include "services/recommend/domain/wishing/kept_goal.h"

namespace edirae::recommend::wishing {
namespace {

constexpr int kDaysOfWeek = 7;
constexpr size_t kMostTitles = 2;  // of the concepts of a goal; others are counted

template <class Ids>
std::vector<int> PositionsIn(const CourseIndex& course, const Ids& ids) {
  std::vector<int> positions;
  for (const auto& id : ids) positions.push_back(course.positions.at(KeyOf(id)));
  return positions;
}

const std::string& TitleOf(const CourseIndex& course, int position) {
  const TaughtConcept& taught = course.concepts[static_cast<size_t>(position)];
  return taught.title.empty() ? taught.id : taught.title;
}

// "Bayes", "Bayes and Regression", "Bayes, Regression and 3 more".
std::string TitleOf(const CourseIndex& course, const std::vector<int>& concepts) {
  if (concepts.size() == 1) return TitleOf(course, concepts[0]);
  std::string first = absl::StrCat(TitleOf(course, concepts[0]), concepts.size() > kMostTitles ? ", " : " and ",
                                   TitleOf(course, concepts[1]));
  if (concepts.size() <= kMostTitles) return first;
  return absl::StrCat(first, " and ", concepts.size() - kMostTitles, " more");
}

// What it is called and what it is about.
void SetGoal(const v1::TrackGoal& goal, const CourseIndex& course, Wishes& wishes) {
  if (goal.has_career_id()) {
    const auto career = std::ranges::find(course.careers, goal.career_id(), &Career::id);
    wishes.concepts = career->concepts;
    wishes.goal_title = career->title.empty() ? career->id : career->title;
  } else if (goal.has_concepts()) {
    wishes.concepts = PositionsIn(course, goal.concepts().concept_ids());
    wishes.goal_title = TitleOf(course, wishes.concepts);
  } else {
    wishes.concepts = RequiredConcepts(course);
    wishes.goal_title = course.title.empty() ? course.roadmap_id : course.title;
  }
  if (wishes.concepts.empty()) return wishes.goal_title.clear();
  absl::CivilDay first_day;
  if (absl::ParseCivilTime(goal.start_date(), &first_day)) wishes.first_day = first_day;
}

}  // namespace

std::optional<Wishes> WishesOf(const KeptTrack& kept, const std::vector<IdKey>& known, const CourseIndex& course) {
  Wishes wishes;
  if (const auto goal = KeptGoal(kept, known, course); goal.has_value()) SetGoal(*goal, course, wishes);
  for (const events::v1::PinnedConcept& pin : KeptPins(kept, course)) {
    wishes.pins.push_back({.position = course.positions.at(KeyOf(pin.concept_id()))});
    if (pin.has_day()) wishes.pins.back().day = DayOf(pin.day());
  }
  if (!wishes.has_goal() && wishes.pins.empty()) return std::nullopt;
  wishes.known = KnownConcepts(known, course);
  return wishes;
}

std::optional<absl::CivilDay> BeginOf(const Pin& pin, const Wishes& wishes) {
  if (!pin.day.has_value()) return std::nullopt;
  if (!wishes.first_day.has_value()) return absl::PrevWeekday(*pin.day + 1, absl::Weekday::monday);
  if (*pin.day <= *wishes.first_day) return pin.day;
  return *wishes.first_day + (*pin.day - *wishes.first_day) / kDaysOfWeek * kDaysOfWeek;
}

}  // namespace edirae::recommend::wishing
