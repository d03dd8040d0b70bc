#ifndef EDIRAE_SERVICES_RECOMMEND_TESTING_SAMPLE_H_
#define EDIRAE_SERVICES_RECOMMEND_TESTING_SAMPLE_H_

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "edirae/catalog/v1/revision_service.pb.h"
#include "edirae/events/v1/learner_event.pb.h"
#include "services/recommend/domain/curriculum.h"
#include "services/recommend/domain/learner_state.h"
#include "services/recommend/domain/models.h"

// A small roadmap and learners' histories, for tests.
namespace edirae::recommend::testing {

// Roadmap "maths". Stage "basics": vectors, matrices (after vectors), history (optional). Stage "models": regression
// (after vectors and matrices), trees (after regression). Each concept has questions <concept>.q1 to .q3 and cards
// <concept>.c1 and .c2; mastery takes 3 different right answers and 3 right of the newest 4. Resource "video" names
// vectors, "book" serves the stage "basics".
catalog::v1::RevisionContent SampleContent();
std::shared_ptr<const Curriculum> SampleCurriculum(int64_t revision = 1);
const CourseIndex& SampleCourse();

// The shipped prior and FSRS-6, as a service without settings has them.
const Models& SampleModels();

// Noon of a fixed day.
absl::Time Noon();

// Writes a learner's events, with gapless numbers, as progress does.
class History {
 public:
  explicit History(std::string learner_id = "ada", absl::Time start = Noon())
      : learner_id_(std::move(learner_id)), now_(start) {}

  History& After(absl::Duration pause);
  History& Answer(const std::string& concept_id, int question, bool correct, int hints_used = 0);
  // An answer that the ledger takes for no evidence.
  History& Repeat(const std::string& concept_id, int question, bool correct);
  History& Hint(const std::string& concept_id, int question);
  History& Review(const std::string& concept_id, int card, events::v1::CardRating rating);
  History& Open(const std::vector<std::string>& concept_ids);
  History& Master(const std::string& concept_id);
  // Three right answers and the mastery that follows.
  History& Learn(const std::string& concept_id);
  History& Lapse(const std::string& concept_id);
  History& Pass(const std::string& stage_id);
  History& Submit(const std::string& milestone_id);
  History& Withdraw(const std::string& milestone_id);
  History& Decide(const std::string& milestone_id, events::v1::ReviewVerdict verdict);
  History& SetGoal(const events::v1::GoalSet& goal);
  // All of them to the week of `day`, or to none.
  History& Pin(const std::vector<std::string>& concept_ids, std::optional<absl::CivilDay> day = std::nullopt);
  History& Declare(const std::string& concept_id, events::v1::PriorKnowledge level);
  History& WantRetention(int permille);

  const std::vector<events::v1::LearnerEvent>& events() const { return events_; }
  absl::Time now() const { return now_; }
  // The events in order, folded.
  LearnerState Fold() const;

 private:
  events::v1::LearnerEvent& Next();

  const std::string learner_id_;
  absl::Time now_;
  std::vector<events::v1::LearnerEvent> events_;
};

// The state that a history leads to.
std::shared_ptr<const LearnerState> Folded(const History& history);

// A history of `length` pseudo-random events.
History RandomHistory(const std::string& learner_id, int length, uint64_t seed);

}  // namespace edirae::recommend::testing

#endif  // EDIRAE_SERVICES_RECOMMEND_TESTING_SAMPLE_H_
