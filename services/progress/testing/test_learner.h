#ifndef EDIRAE_SERVICES_PROGRESS_TESTING_TEST_LEARNER_H_
#define EDIRAE_SERVICES_PROGRESS_TESTING_TEST_LEARNER_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/progress/domain/decide.h"
#include "services/progress/domain/event_store.h"
#include "services/progress/testing/test_content.h"

namespace edirae::progress {

// A learner without a ledger: acts, and keeps what comes of it. Not thread-safe.
class TestLearner {
 public:
  // Decides the action at `now`.
  absl::StatusOr<Decision> Try(const v1::LearnerAction& action);
  // The same for an action that is not refused; otherwise the test fails.
  Decision Do(const v1::LearnerAction& action);
  // The reason for which an action is refused; empty when it is not.
  std::string Reason(const v1::LearnerAction& action);

  // Answers, with a new request id.
  Decision Answer(const std::string& question_id, bool right = true);
  // Three right answers to three questions of the test content: what its own criterion takes.
  Decision Master(const std::string& concept_id);
  // From now on the content is revision 2, by which one right answer is mastery.
  void Ease();
  // Asks for a hint, with a new request id.
  absl::StatusOr<Decision> Hint(const std::string& question_id);

  std::string NextId() { return "r" + std::to_string(++requests_); }
  v1::RoadmapProgress View() const;
  // The state that the history folds to.
  LearnerState Folded() const;

  const std::string id = "ada";
  std::shared_ptr<const ContentIndex> content = TestIndex();
  absl::Time now = absl::FromUnixSeconds(1'800'000'000);
  LearnerState state;
  std::vector<events::v1::LearnerEvent> history;

 private:
  int requests_ = 0;
};

// What kinds of event a decision led to.
std::vector<events::v1::LearnerEvent::BodyCase> Kinds(const Decision& decision);

// What `learner_id` records when they master `vectors`: three answers, each with its outcome, and the mastery.
std::vector<NewEvent> RowsOfMastery(const std::string& learner_id);

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_TESTING_TEST_LEARNER_H_
