#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_CHOOSING_AGENDA_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_CHOOSING_AGENDA_H_

#include <cstddef>
#include <optional>
#include <vector>

#include "services/recommend/domain/choosing/learner_view.h"

// What is to be learned, in which order, by what the learner wishes and within what gates allow.
namespace edirae::recommend::choosing {

// What speaks for learning a concept, of what the learner wishes.
enum class Claim {
  kNone,           // nothing: no goal is kept, or it is reached
  kPinned,         // it is pinned, or a pin needs it
  kGoal,           // the goal needs it
  kSaidToBeKnown,  // the learner says to know it; the goal builds on it, or the gate waits for it to be shown
  kGate,           // the gate waits for it that the goal goes on behind
  kBeyond,         // the goal does not need it
};

// A concept to learn.
struct ToDo {
  int position = 0;
  Claim claim = Claim::kNone;

  friend bool operator==(const ToDo&, const ToDo&) = default;
};

// The first `most` concepts to learn now. What is not mastered and begun, and of the others what belongs to an open
// stage and whose prerequisites are mastered, shown or secure; at most nine answers a day of a concept; one that was
// shown rests for as long as its criterion asks. In order:
//   1. what is pinned, with what it needs, a pin with a day not before its week;
//   2. what the goal needs, in the order of its track;
//   3. what the learner says to know and has not shown, as far as the goal builds on it or the gate waits for it;
//   4. what else the gate asks for that the goal goes on behind;
//   5. the curriculum in its order, required concepts first. With a goal that is not reached only when there is nothing
//      else: what a learner has not wished for does not compete with what they have.
// Linear in the concepts.
std::vector<ToDo> ToLearn(const LearnerView& view, size_t most);

// The claim with which a list without end would hold the concept; nothing when it would not.
std::optional<Claim> ClaimNow(const LearnerView& view, int position);

// What puts the concept on the learner's way, whenever it is to be learned: kPinned or kGoal; kNone when it is not on
// it.
Claim ClaimOnTheWay(const LearnerView& view, int position);

// Whether the concept waits for the week that the learner has pinned it to.
bool WaitsForItsWeek(const LearnerView& view, int position);

// What gates ask for beside a way: required concepts of the stages before its last one that are neither passed nor
// mastered nor on the way, in order; those that the learner says to know too, as gates want them shown.
std::vector<int> AskedByGates(const LearnerView& view, const wishing::Way& way);

// Whether a goal is kept and not reached.
bool HasGoalAhead(const LearnerView& view);

}  // namespace edirae::recommend::choosing

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_CHOOSING_AGENDA_H_
