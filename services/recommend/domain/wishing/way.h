#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_WISHING_WAY_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_WISHING_WAY_H_

#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/time/civil_time.h"
#include "services/recommend/domain/curriculum.h"

namespace edirae::recommend::wishing {

// A concept that the learner fixed.
struct Pin {
  int position = 0;                   // in the course
  std::optional<absl::CivilDay> day;  // of the week for it; none: before everything that is not pinned

  friend bool operator==(const Pin&, const Pin&) = default;
};

// The way to a goal: everything that the goal needs and that is not done, in an order in which prerequisites come
// first, required and helpful ones alike, and else in the curriculum's. What is pinned is on the way too: with what it
// needs before everything that is not, and held up by no help that comes later. What is done needs nothing. Concepts
// are positions in the course, which it borrows. Linear in the concepts to make.
class Way {
 public:
  // `concepts` are those that the goal is about. `pins` have each concept once, first things first; those without a day
  // come before the others, which come in the order of their days. `done` says by position what needs no study.
  Way(const CourseIndex& course, const std::vector<int>& concepts, std::vector<Pin> pins, std::vector<bool> done);

  // To be studied.
  bool Has(int position) const { return Needs(position) && !done_[static_cast<size_t>(position)]; }
  // The goal or a pin takes it, done or not.
  bool Needs(int position) const { return needed_[static_cast<size_t>(position)]; }
  // The goal is about it, or it is pinned: it is not there for others only.
  bool Wants(int position) const { return wanted_[static_cast<size_t>(position)]; }
  // The first pin that is this concept or needs it; null when it is not pinned, or not to be studied.
  const Pin* PinOf(int position) const;

  // Concepts to study.
  int left_count() const { return left_count_; }
  // The last of them in the curriculum; -1 when nothing is left.
  int last() const { return last_; }
  // Of those that the goal is about, how many are done.
  int done_count() const { return done_count_; }
  // All of them are.
  bool reached() const { return done_count_ == wished_count_; }

  // Tells what is to be studied, in order, until `visit` returns false. Does no more than it takes to get there.
  void Walk(absl::FunctionRef<bool(int position)> visit) const;

 private:
  class Walker;
  using Place = std::pair<int, int>;  // rank and position: of those that may come next, the least does
  static constexpr int kUnpinned = std::numeric_limits<int>::max();

  void Need(std::vector<int> left);
  void Rank(int rank);
  int RankOf(int position) const { return ranks_.empty() ? kUnpinned : ranks_[static_cast<size_t>(position)]; }

  const CourseIndex& course_;
  std::vector<Pin> pins_;                     // in order of rank
  std::vector<bool> done_, wanted_, needed_;  // by position
  std::vector<int> ranks_;                    // by position: place in `pins_`, or kUnpinned; empty without pins
  std::vector<Place> pinned_;                 // what has a rank, in order
  int left_count_ = 0;
  int last_ = -1;
  int wished_count_ = 0;  // that the goal is about
  int done_count_ = 0;    // of those
};

}  // namespace edirae::recommend::wishing

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_WISHING_WAY_H_
