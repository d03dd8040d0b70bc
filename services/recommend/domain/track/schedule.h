#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_TRACK_SCHEDULE_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_TRACK_SCHEDULE_H_

#include <optional>
#include <vector>

// How work fits into weeks. Pure, knows nothing of learners or courses.
namespace edirae::recommend::track {

// A concept to study, a milestone to reach, or a gate, which takes no time and holds up what is behind it.
struct Work {
  int minutes = 0;          // 1 or more; 0 for a gate
  std::vector<int> needs;   // places of earlier works that have to be done before it
  std::vector<int> after;   // places of earlier works that come before it if they are there at all
  int not_before = 0;       // week, from 0, before which it does not begin
  bool is_reviewed = true;  // a concept is, from the week after its study on; a milestone or a gate is not
  bool is_goal = true;      // false: it is there only because others need it
  int need = 0;             // how much the goal needs it: what is least needed is left out first
};

struct Share {
  int work = 0;     // its place
  int minutes = 0;  // of it, in this week
  bool completed = false;
};

struct Week {
  std::vector<Share> shares;  // in order; none of gates
  int review_minutes = 0;
  int slack_minutes = 0;
};

// Of a week, how much is left free, because no week goes as planned.
inline constexpr double kSlackShare = 0.1;
// Reviews of a concept: so many weeks after its study, each of so many minutes. About the days at which FSRS-6 with its
// defaults asks for a concept that is always recalled (2, 13, 59, 222).
inline constexpr int kReviewWeeks[] = {1, 2, 8, 32};
inline constexpr int kReviewMinutes = 5;
// Reviews take at most this share of a week; what does not fit waits.
inline constexpr double kMaxReviewShare = 0.5;

// What there is time for.
struct Pace {
  int minutes_per_week = 0;     // 60 or more
  double first_week_share = 1;  // of those in the first week, 0 to 1: the part of it that is still to come
};

// Puts the works into weeks: at any time the first that may begin, so that one that waits for its week holds up only
// what needs it. Nothing when it takes more than limits::kMaxTrackWeeks. Linear in weeks and works; where one waits for
// its week, O(n log n) in works.
std::optional<std::vector<Week>> Schedule(const std::vector<Work>& works, const Pace& pace);

// The fewest minutes a week, in steps of 30 from those of `pace` on, that fit the works into `weeks`; nothing when even
// `most` do not.
std::optional<int> MinutesNeeded(const std::vector<Work>& works, int weeks, Pace pace, int most);

// Places of works to leave out, in that order, so that the rest fits into `weeks`: always one on which no other that is
// left builds, the least needed first and then the last; with it what is there only for it, gates too. Milestones stay.
// Nothing when no concept would be left. O(n log n) choices and O(log n) schedules.
std::optional<std::vector<int>> LeaveOut(const std::vector<Work>& works, int weeks, const Pace& pace);

}  // namespace edirae::recommend::track

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_TRACK_SCHEDULE_H_
