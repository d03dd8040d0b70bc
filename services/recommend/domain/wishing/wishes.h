#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_WISHING_WISHES_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_WISHING_WISHES_H_

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "services/recommend/domain/curriculum.h"
#include "services/recommend/domain/learner_state.h"
#include "services/recommend/domain/wishing/way.h"

namespace edirae::recommend::wishing {

// What a learner wishes of one course, as their history keeps it. Concepts are positions in the course. A value.
struct Wishes {
  std::string goal_title;                   // empty when no goal of the course is kept
  std::vector<int> concepts;                // that the goal is about; one at least when there is one
  std::optional<absl::CivilDay> first_day;  // of the goal's first week
  std::vector<Pin> pins;                    // first things first, each concept once
  std::vector<int> known;                   // that the learner says to know well, in order

  bool has_goal() const { return !goal_title.empty(); }
  // The pin of the concept itself; null when it has none.
  const Pin* PinOf(int position) const {
    const auto pin = std::ranges::find(pins, position, &Pin::position);
    return pin == pins.end() ? nullptr : &*pin;
  }
};

// Nothing when neither a goal of the course nor a pin on it is kept. Linear in the concepts.
std::optional<Wishes> WishesOf(const KeptTrack& kept, const std::vector<IdKey>& known, const CourseIndex& course);

// The first day on which a pinned concept is to be begun: of the week of its day, counted from the goal's first day as
// tracks do, or without a goal from Monday. Nothing for a pin without a day.
std::optional<absl::CivilDay> BeginOf(const Pin& pin, const Wishes& wishes);

}  // namespace edirae::recommend::wishing

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_WISHING_WISHES_H_
