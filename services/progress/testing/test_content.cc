#include "services/progress/testing/test_content.h"

#include <cstdlib>
#include <iostream>
#include <utility>

namespace edirae::progress {
namespace {

void AddConcept(catalog::v1::Stage& stage, const std::string& concept_id, bool optional) {
  auto& added = *stage.add_concepts();
  added.set_concept_id(concept_id);
  added.set_optional(optional);
}

catalog::v1::KeyedQuestion& AddQuestion(catalog::v1::RevisionContent& content, const std::string& question_id,
                                        const std::vector<std::string>& concept_ids,
                                        const std::vector<std::string>& choices,
                                        const std::vector<std::string>& right) {
  auto& added = *content.add_questions();
  auto& question = *added.mutable_question();
  question.set_question_id(question_id);
  for (const auto& concept_id : concept_ids) question.add_concept_ids(concept_id);
  question.set_kind(right.size() == 1 ? catalog::v1::QUESTION_KIND_SINGLE_CHOICE
                                      : catalog::v1::QUESTION_KIND_SEVERAL_CHOICE);
  for (const auto& choice : choices) question.add_choices()->set_choice_id(choice);
  for (const auto& choice : right) added.mutable_key()->add_correct_choice_ids(choice);
  added.mutable_key()->set_explanation("why " + question_id);
  return added;
}

void Say(const std::string& text, catalog::v1::ReplyFeedback& feedback) {
  feedback.set_text(text);
  feedback.set_misconception_id("mistaken");
}

void AddOtherKinds(catalog::v1::RevisionContent& content) {
  auto& number = AddQuestion(content, "number.q1", {"gradients"}, {}, {});
  number.mutable_question()->set_kind(catalog::v1::QUESTION_KIND_NUMERIC);
  auto& numeric = *number.mutable_key()->mutable_numeric();
  numeric.set_answer(1.4);
  numeric.set_tolerance(0.005);
  numeric.set_other_feedback("compute again");
  numeric.add_wrong_numbers()->set_value(0.6);
  Say("you subtracted", *numeric.mutable_wrong_numbers(0)->mutable_feedback());

  auto& word = AddQuestion(content, "word.q1", {"gradients"}, {}, {});
  word.mutable_question()->set_kind(catalog::v1::QUESTION_KIND_SHORT_TEXT);
  auto& text = *word.mutable_key()->mutable_text();
  text.add_accepted_texts("Over-fitting");
  text.add_accepted_texts("Überanpassung");
  text.set_other_feedback("read again");
  text.add_wrong_texts()->add_texts("underfitting");
  Say("the other way round", *text.mutable_wrong_texts(0)->mutable_feedback());

  auto& steps = AddQuestion(content, "steps.q1", {"gradients"}, {"c", "a", "d", "b"}, {});
  steps.mutable_question()->set_kind(catalog::v1::QUESTION_KIND_ORDERING);
  auto& order = *steps.mutable_key()->mutable_order();
  for (const char* id : {"a", "b", "c", "d"}) order.add_choice_ids(id);
  order.set_other_feedback("what comes first?");
  auto& wrong = *order.add_wrong_orders();
  for (const char* id : {"b", "a", "c", "d"}) wrong.add_choice_ids(id);
  Say("a before b", *wrong.mutable_feedback());
}

void AddWork(const std::string& milestone_id, catalog::v1::Milestone& milestone) {
  milestone.set_milestone_id(milestone_id);
  milestone.add_steps()->set_step_id("draft");
  milestone.add_evidence()->set_evidence_id("code");
  for (const char* id : {"clear", "sound"}) {
    auto& criterion = *milestone.add_criteria();
    criterion.set_criterion_id(id);
    criterion.set_min_level_id("good");
    int points = 0;
    for (const char* level : {"poor", "good", "great"}) {
      auto& added = *criterion.add_levels();
      added.set_level_id(level);
      added.set_points(points);
      points += 50;
    }
  }
}

v1::LearnerAction Action(const std::string& request_id) {
  v1::LearnerAction action;
  action.set_request_id(request_id);
  return action;
}

}  // namespace

catalog::v1::RevisionContent TestContent() {
  catalog::v1::RevisionContent content;
  auto& roadmap = *content.add_roadmaps();
  roadmap.set_roadmap_id("path");
  auto& criterion = *roadmap.mutable_mastery_criterion();
  criterion.set_criterion_id("usual");
  criterion.set_version(3);
  criterion.set_min_distinct_correct(2);
  criterion.set_window(4);
  criterion.set_min_correct_in_window(3);
  auto& first = *roadmap.add_stages();
  first.set_stage_id("first");
  AddWork("first-work", *first.mutable_milestone());
  roadmap.add_career_paths()->set_career_id("analyst");
  content.add_lessons()->set_concept_id("vectors");
  AddConcept(first, "vectors", false);
  AddConcept(first, "matrices", false);
  AddConcept(first, "history", true);
  auto& book = *first.add_resources();
  book.set_resource_id("book");
  book.add_concept_ids("vectors");
  auto& guide = *content.add_resources();
  guide.set_resource_id("guide");
  guide.add_concept_ids("vectors");
  auto& second = *roadmap.add_stages();
  second.set_stage_id("second");
  AddWork("second-work", *second.mutable_milestone());
  AddConcept(second, "gradients", false);
  for (const std::string concept_id : {"vectors", "matrices", "history", "gradients"}) {
    for (int i = 1; i <= 5; ++i) {
      auto& question =
          AddQuestion(content, concept_id + ".q" + std::to_string(i), {concept_id}, {"right", "wrong"}, {"right"});
      auto& feedback = *question.mutable_key()->add_feedback();
      feedback.set_choice_id("wrong");
      feedback.set_text("a common mistake");
      if (i > 1) continue;
      for (const char* hint : {"think", "think again"}) question.mutable_key()->add_hints(hint);
      question.mutable_question()->set_hint_count(2);
    }
    auto& card = *content.add_flashcards();
    card.set_card_id(concept_id + ".card");
    card.set_concept_id(concept_id);
  }
  AddQuestion(content, "both.q1", {"vectors", "matrices"}, {"right", "wrong"}, {"right"});
  AddQuestion(content, "several.q1", {"gradients"}, {"a", "b", "c"}, {"a", "c"});
  AddOtherKinds(content);
  return content;
}

std::shared_ptr<const ContentIndex> IndexOf(catalog::v1::RevisionContent content, int64_t revision) {
  auto index = ContentIndex::Build(std::make_shared<catalog::v1::RevisionContent>(std::move(content)), revision);
  if (!index.ok()) {
    std::cerr << index.status() << "\n";
    std::abort();
  }
  return *index;
}

std::shared_ptr<const ContentIndex> TestIndex(int64_t revision) { return IndexOf(TestContent(), revision); }

v1::LearnerAction Answer(const std::string& request_id, const std::string& question_id, bool right) {
  v1::LearnerAction action = Action(request_id);
  action.mutable_answer_question()->set_question_id(question_id);
  action.mutable_answer_question()->mutable_reply()->mutable_choice()->add_choice_ids(right ? "right" : "wrong");
  return action;
}

v1::LearnerAction Review(const std::string& request_id, const std::string& card_id) {
  v1::LearnerAction action = Action(request_id);
  action.mutable_review_card()->set_card_id(card_id);
  action.mutable_review_card()->set_rating(events::v1::CARD_RATING_GOOD);
  return action;
}

v1::LearnerAction Open(const std::string& request_id, const std::string& resource_id) {
  v1::LearnerAction action = Action(request_id);
  action.mutable_open_resource()->set_resource_id(resource_id);
  return action;
}

v1::LearnerAction Hint(const std::string& request_id, const std::string& question_id) {
  v1::LearnerAction action = Action(request_id);
  action.mutable_request_hint()->set_question_id(question_id);
  return action;
}

v1::LearnerAction ReviewWork(const std::string& request_id, const std::string& milestone_id, bool approved) {
  v1::LearnerAction action = Action(request_id);
  action.mutable_review_milestone()->set_milestone_id(milestone_id);
  action.mutable_review_milestone()->set_reviewer_id("mentor");
  action.mutable_review_milestone()->set_verdict(approved ? events::v1::REVIEW_VERDICT_APPROVED
                                                          : events::v1::REVIEW_VERDICT_RETURNED);
  return action;
}

v1::LearnerAction Advance(const std::string& request_id, const std::string& stage_id) {
  v1::LearnerAction action = Action(request_id);
  action.mutable_request_advance()->set_roadmap_id("path");
  action.mutable_request_advance()->set_stage_id(stage_id);
  return action;
}

}  // namespace edirae::progress
