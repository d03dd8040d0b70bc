#include "services/recommend/testing/sample.h"

#include <cstdlib>
#include <random>

#include "absl/strings/str_cat.h"
#include "common/ids/ids.h"
#include "services/recommend/domain/fold.h"
#include "services/recommend/domain/mastery/prior.h"

namespace edirae::recommend::testing {
namespace {

using catalog::v1::RevisionContent;

void AddConcept(const std::string& id, const std::string& title, const std::vector<std::string>& prerequisites,
                catalog::v1::Stage& stage, RevisionContent& content) {
  auto& added = *stage.add_concepts();
  added.set_concept_id(id);
  added.set_title(title);
  for (const std::string& prerequisite : prerequisites) added.add_prerequisite_ids(prerequisite);
  for (const char* question : {"q1", "q2", "q3"}) {
    auto& keyed = *content.add_questions()->mutable_question();
    keyed.set_question_id(absl::StrCat(id, ".", question));
    keyed.add_concept_ids(id);
  }
  for (const char* name : {"c1", "c2"}) {
    auto& card = *content.add_flashcards();
    card.set_card_id(absl::StrCat(id, ".", name));
    card.set_concept_id(id);
  }
}

void SetTime(absl::Time time, google::protobuf::Timestamp& timestamp) {
  timestamp.set_seconds(absl::ToUnixSeconds(time));
  timestamp.set_nanos(static_cast<int32_t>((time - absl::FromUnixSeconds(timestamp.seconds())) / absl::Nanoseconds(1)));
}

}  // namespace

RevisionContent SampleContent() {
  RevisionContent content;
  auto& roadmap = *content.add_roadmaps();
  roadmap.set_roadmap_id("maths");
  auto& criterion = *roadmap.mutable_mastery_criterion();
  criterion.set_criterion_id("three-right");
  criterion.set_version(1);
  criterion.set_min_distinct_correct(3);
  criterion.set_window(4);
  criterion.set_min_correct_in_window(3);
  auto& basics = *roadmap.add_stages();
  basics.set_stage_id("basics");
  basics.set_title("The Basics");
  AddConcept("vectors", "Vectors", {}, basics, content);
  AddConcept("matrices", "Matrices", {"vectors"}, basics, content);
  AddConcept("history", "History", {}, basics, content);
  basics.mutable_concepts(2)->set_optional(true);
  auto& book = *basics.add_resources();
  book.set_resource_id("book");
  book.set_title("A Book");
  auto& video = *basics.add_resources();
  video.set_resource_id("video");
  video.set_title("A Video");
  video.add_concept_ids("vectors");
  auto& guide = *content.add_resources();
  guide.set_resource_id("guide");
  guide.set_title("A Guide");
  guide.add_concept_ids("vectors");
  auto& models = *roadmap.add_stages();
  models.set_stage_id("models");
  models.set_title("Models");
  AddConcept("regression", "Regression", {"vectors", "matrices"}, models, content);
  AddConcept("trees", "Trees", {"regression"}, models, content);
  return content;
}

std::shared_ptr<const Curriculum> SampleCurriculum(int64_t revision) {
  auto curriculum = Curriculum::Build(revision, SampleContent());
  if (!curriculum.ok()) std::abort();
  return *curriculum;
}

const CourseIndex& SampleCourse() {
  static const std::shared_ptr<const Curriculum> curriculum = SampleCurriculum();
  return *curriculum->Find("maths");
}

const Models& SampleModels() {
  static const Models* const models = [] {
    auto weights = mastery::ShippedPrior();
    if (!weights.ok()) std::abort();
    return new Models{.weights = *std::move(weights)};
  }();
  return *models;
}

absl::Time Noon() { return absl::FromUnixSeconds(1'800'000'000); }

History& History::After(absl::Duration pause) {
  now_ += pause;
  return *this;
}

events::v1::LearnerEvent& History::Next() {
  auto& event = events_.emplace_back();
  event.set_event_id(NewUuid7(now_));
  event.set_learner_id(learner_id_);
  event.set_learner_seq(static_cast<int64_t>(events_.size()));
  event.set_partition(PartitionOf(learner_id_));
  event.set_catalog_revision(1);
  SetTime(now_, *event.mutable_occur_time());
  SetTime(now_, *event.mutable_record_time());
  return event;
}

History& History::Answer(const std::string& concept_id, int question, bool correct, int hints_used) {
  auto& answer = *Next().mutable_question_answered();
  answer.set_question_id(absl::StrCat(concept_id, ".q", question));
  answer.add_concept_ids(concept_id);
  answer.set_correct(correct);
  answer.set_hints_used(hints_used);
  return *this;
}

History& History::Repeat(const std::string& concept_id, int question, bool correct) {
  Answer(concept_id, question, correct);
  events_.back().mutable_question_answered()->set_standing(events::v1::ANSWER_STANDING_REPEATED);
  return *this;
}

History& History::Hint(const std::string& concept_id, int question) {
  auto& hint = *Next().mutable_hint_shown();
  hint.set_question_id(absl::StrCat(concept_id, ".q", question));
  hint.add_concept_ids(concept_id);
  hint.set_hint_number(1);
  return *this;
}

History& History::Lapse(const std::string& concept_id) {
  Next().mutable_concept_lapsed()->set_concept_id(concept_id);
  return *this;
}

History& History::Review(const std::string& concept_id, int card, events::v1::CardRating rating) {
  auto& review = *Next().mutable_card_reviewed();
  review.set_card_id(absl::StrCat(concept_id, ".c", card));
  review.set_concept_id(concept_id);
  review.set_rating(rating);
  return *this;
}

History& History::Open(const std::vector<std::string>& concept_ids) {
  auto& opened = *Next().mutable_resource_opened();
  opened.set_resource_id("book");
  for (const std::string& id : concept_ids) opened.add_concept_ids(id);
  return *this;
}

History& History::Master(const std::string& concept_id) {
  Next().mutable_concept_mastered()->set_concept_id(concept_id);
  return *this;
}

History& History::Learn(const std::string& concept_id) {
  for (int question = 1; question <= 3; ++question) Answer(concept_id, question, true);
  return Master(concept_id);
}

History& History::Pass(const std::string& stage_id) {
  auto& passed = *Next().mutable_stage_passed();
  passed.set_roadmap_id("maths");
  passed.set_stage_id(stage_id);
  return *this;
}

History& History::Submit(const std::string& milestone_id) {
  Next().mutable_milestone_submitted()->set_milestone_id(milestone_id);
  return *this;
}

History& History::Withdraw(const std::string& milestone_id) {
  Next().mutable_milestone_withdrawn()->set_milestone_id(milestone_id);
  return *this;
}

History& History::Decide(const std::string& milestone_id, events::v1::ReviewVerdict verdict) {
  auto& decided = *Next().mutable_milestone_decided();
  decided.set_milestone_id(milestone_id);
  decided.set_verdict(verdict);
  return *this;
}

History& History::SetGoal(const events::v1::GoalSet& goal) {
  *Next().mutable_goal_set() = goal;
  return *this;
}

History& History::Pin(const std::vector<std::string>& concept_ids, std::optional<absl::CivilDay> day) {
  auto& pinned = *Next().mutable_concepts_pinned();
  for (const std::string& id : concept_ids) {
    events::v1::PinnedConcept& pin = *pinned.add_pins();
    pin.set_concept_id(id);
    if (!day.has_value()) continue;
    pin.mutable_day()->set_year(static_cast<int>(day->year()));
    pin.mutable_day()->set_month(day->month());
    pin.mutable_day()->set_day(day->day());
  }
  return *this;
}

History& History::Declare(const std::string& concept_id, events::v1::PriorKnowledge level) {
  auto& declared = *Next().mutable_prior_knowledge_declared()->add_concepts();
  declared.set_concept_id(concept_id);
  declared.set_level(level);
  return *this;
}

History& History::WantRetention(int permille) {
  Next().mutable_preferences_set()->set_desired_retention_permille(permille);
  return *this;
}

LearnerState History::Fold() const {
  LearnerState state;
  state.learner_id = learner_id_;
  for (const auto& event : events_) recommend::Fold(SampleModels(), event, state);
  return state;
}

std::shared_ptr<const LearnerState> Folded(const History& history) {
  return std::make_shared<const LearnerState>(history.Fold());
}

History RandomHistory(const std::string& learner_id, int length, uint64_t seed) {
  static const std::vector<std::string> kConcepts = {"vectors", "matrices", "history", "regression", "trees"};
  std::mt19937_64 random(seed);
  History history(learner_id);
  while (static_cast<int>(history.events().size()) < length) {
    const std::string& concept_id = kConcepts[random() % kConcepts.size()];
    const int item = static_cast<int>(random() % 3) + 1;
    history.After(absl::Hours(random() % 30));
    switch (random() % 9) {
      case 0:
        history.Review(concept_id, item, static_cast<events::v1::CardRating>(1 + random() % 4));
        break;
      case 1:
        history.Open({concept_id});
        break;
      case 2:
        history.Master(concept_id);
        break;
      case 3:
        history.Lapse(concept_id);
        break;
      case 4:
        history.Repeat(concept_id, item, true);
        break;
      case 5:
        history.Hint(concept_id, item);
        break;
      default:
        history.Answer(concept_id, item, random() % 3 != 0, random() % 5 == 0 ? 1 : 0);
    }
  }
  return history;
}

}  // namespace edirae::recommend::testing
