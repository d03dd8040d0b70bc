#include "gateway/testing/sample_revision.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

namespace edirae::gateway::testing {
namespace {

using catalog::v1::Resource;
using catalog::v1::RevisionContent;
using catalog::v1::Stage;

void AddConcept(Stage& stage, const std::string& id) {
  auto& content = *stage.add_concepts();
  content.set_concept_id(id);
  content.set_title(absl::StrCat("About ", id));
  content.set_estimated_minutes(60);
}

void AddResource(Stage& stage, const std::string& id, const std::string& concept_id) {
  Resource& resource = *stage.add_resources();
  resource.set_resource_id(id);
  resource.set_title(id);
  if (!concept_id.empty()) resource.add_concept_ids(concept_id);
}

void AddQuestion(RevisionContent& content, const std::string& id, const std::vector<std::string>& concept_ids) {
  auto& keyed = *content.add_questions();
  auto& question = *keyed.mutable_question();
  question.set_question_id(id);
  for (const std::string& concept_id : concept_ids) question.add_concept_ids(concept_id);
  question.set_prompt(absl::StrCat("What is ", id, "?"));
  for (const char* choice : {"a", "b", "c"}) {
    auto& added = *question.add_choices();
    added.set_choice_id(choice);
    added.set_text(absl::StrCat("It is ", choice));
  }
  keyed.mutable_key()->add_correct_choice_ids(kSecretMark);
  keyed.mutable_key()->set_explanation(absl::StrCat("because ", kSecretMark));
  auto& feedback = *keyed.mutable_key()->add_feedback();
  feedback.set_choice_id("b");
  feedback.set_text(absl::StrCat("wrong: ", kSecretMark));
}

}  // namespace

CatalogRevision SampleRevision(int64_t number) {
  CatalogRevision revision{.number = number, .publish_time = absl::FromUnixSeconds(1'800'000'000)};
  auto& ml = *revision.content.add_roadmaps();
  ml.set_roadmap_id("ml");
  ml.set_title("Machine learning");
  ml.add_tips()->set_tip_id("tip");
  ml.add_faq()->set_faq_id("faq");
  ml.add_career_paths()->set_career_id("engineer");
  Stage& one = *ml.add_stages();
  one.set_stage_id("one");
  AddConcept(one, "vectors");
  AddConcept(one, "bayes");
  AddResource(one, "stage-one", "");
  AddResource(one, "vectors-here", "vectors");
  Stage& two = *ml.add_stages();
  two.set_stage_id("two");
  AddConcept(two, "trees");
  AddResource(two, "stage-two", "");
  AddResource(two, "vectors-there", "vectors");
  revision.content.add_roadmaps()->set_roadmap_id("art");

  for (int i = 0; i < kManyQuestions; ++i) AddQuestion(revision.content, absl::StrCat("vectors.q", i), {"vectors"});
  AddQuestion(revision.content, "bayes.shared", {"bayes", "vectors"});
  auto& card = *revision.content.add_flashcards();
  card.set_card_id("bayes.card");
  card.set_concept_id("bayes");
  card.set_front("prior");
  card.set_back("what was believed before");
  auto& lesson = *revision.content.add_lessons();
  lesson.set_concept_id("vectors");
  lesson.set_explanation("## Worked example");
  auto& own = *revision.content.add_resources();
  own.set_resource_id("vectors-own");
  own.add_concept_ids("vectors");
  return revision;
}

}  // namespace edirae::gateway::testing
