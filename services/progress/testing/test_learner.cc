#include "services/progress/testing/test_learner.h"

#include <utility>

#include "common/ids/ids.h"
#include "common/status/error.h"
#include "common/testing/status_matchers.h"
#include "services/progress/domain/fold.h"
#include "services/progress/domain/view.h"

namespace edirae::progress {

absl::StatusOr<Decision> TestLearner::Try(const v1::LearnerAction& action) {
  auto decision = Decide(action, state, {id, *content, now, [this] { return NewUuid7(now); }});
  if (decision.ok()) history.insert(history.end(), decision->events.begin(), decision->events.end());
  return decision;
}

Decision TestLearner::Do(const v1::LearnerAction& action) {
  auto decision = Try(action);
  EXPECT_OK(decision);
  return decision.ok() ? *std::move(decision) : Decision();
}

std::string TestLearner::Reason(const v1::LearnerAction& action) { return ErrorInfoOf(Try(action).status()).reason(); }

Decision TestLearner::Answer(const std::string& question_id, bool right) {
  return Do(progress::Answer(NextId(), question_id, right));
}

Decision TestLearner::Master(const std::string& concept_id) {
  Answer(concept_id + ".q1");
  Answer(concept_id + ".q2");
  return Answer(concept_id + ".q3");
}

void TestLearner::Ease() {
  catalog::v1::RevisionContent easier = TestContent();
  auto& criterion = *easier.mutable_roadmaps(0)->mutable_mastery_criterion();
  criterion.set_min_distinct_correct(1);
  criterion.set_min_correct_in_window(1);
  content = IndexOf(easier, 2);
}

absl::StatusOr<Decision> TestLearner::Hint(const std::string& question_id) {
  return Try(progress::Hint(NextId(), question_id));
}

v1::RoadmapProgress TestLearner::View() const {
  return ToProto(*content->FindRoadmap("path"), state, id, content->revision());
}

LearnerState TestLearner::Folded() const {
  LearnerState folded;
  for (const auto& event : history) EXPECT_OK(Fold(folded, event));
  return folded;
}

std::vector<events::v1::LearnerEvent::BodyCase> Kinds(const Decision& decision) {
  std::vector<events::v1::LearnerEvent::BodyCase> kinds;
  for (const auto& event : decision.events) kinds.push_back(event.body_case());
  return kinds;
}

std::vector<NewEvent> RowsOfMastery(const std::string& learner_id) {
  TestLearner learner;
  std::vector<NewEvent> rows;
  for (const char* question : {"vectors.q1", "vectors.q2", "vectors.q3"}) {
    Decision decision = learner.Answer(question);
    for (auto& event : decision.events) {
      event.set_learner_id(learner_id);
      rows.push_back({learner_id, event.learner_seq(), event.SerializeAsString(), "", 0, ""});
      if (event.request_ordinal() > 0) continue;
      rows.back().request_id = event.request_id();
      rows.back().outcome = decision.outcome.SerializeAsString();
    }
  }
  return rows;
}

}  // namespace edirae::progress
