#include "services/progress/domain/bus_event.h"

#include <set>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/ids/ids.h"
#include "edirae/identity/v1/personal.pb.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace edirae::progress {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

constexpr char kPseudonym[] = "0123456789abcdef0123456789abcdef";

TEST(MakePseudonymous, LeavesNobodysNameAndNobodysWords) {
  events::v1::LearnerEvent event;
  event.set_event_id("e1");
  event.set_learner_id("ada");
  event.set_learner_seq(3);
  event.set_partition(PartitionOf("ada"));
  event.set_request_id("request-of-ada");
  event.mutable_question_answered()->set_question_id("q1");
  event.mutable_question_answered()->mutable_reply()->mutable_text()->set_text("my name is ada");
  MakePseudonymous(event, kPseudonym);
  events::v1::LearnerEvent expected;
  expected.set_event_id("e1");
  expected.set_learner_id(kPseudonym);
  expected.set_learner_seq(3);
  expected.set_partition(PartitionOf(kPseudonym));
  expected.mutable_question_answered()->set_question_id("q1");
  expected.mutable_question_answered()->mutable_reply()->mutable_text();
  EXPECT_EQ(event.SerializeAsString(), expected.SerializeAsString());
}

TEST(MakePseudonymous, KeepsWhatAnalystsNeed) {
  events::v1::LearnerEvent event;
  event.set_learner_id("ada");
  event.mutable_milestone_reviewed()->set_milestone_id("m1");
  event.mutable_milestone_reviewed()->set_verdict(events::v1::REVIEW_VERDICT_APPROVED);
  event.mutable_milestone_reviewed()->set_reviewer_id("bob");
  event.mutable_milestone_reviewed()->set_feedback("well done, ada");
  MakePseudonymous(event, kPseudonym);
  EXPECT_EQ(event.milestone_reviewed().milestone_id(), "m1");
  EXPECT_EQ(event.milestone_reviewed().verdict(), events::v1::REVIEW_VERDICT_APPROVED);
  EXPECT_EQ(event.milestone_reviewed().reviewer_id(), "");
  EXPECT_EQ(event.milestone_reviewed().feedback(), "");
}

// Texts of events that are no person's: ids that authors or the platform chose, and what the platform wrote.
void FindUnclassified(const Descriptor& type, std::set<std::string>& found) {
  static const std::set<std::string> nobodys = {
      "event_id",          "learner_id",          "traceparent",  "question_id",          "concept_ids",
      "concept_id",        "choice_ids",          "card_id",      "resource_id",          "roadmap_id",
      "stage_id",          "missing_concept_ids", "criterion_id", "missing_milestone_id", "evidence_event_ids",
      "mastered_event_id", "milestone_id"};
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (field.message_type() != nullptr) FindUnclassified(*field.message_type(), found);
    const bool is_text = field.type() == FieldDescriptor::TYPE_STRING || field.type() == FieldDescriptor::TYPE_BYTES;
    if (!is_text || field.options().GetExtension(identity::v1::personal)) continue;
    const bool is_id = absl::EndsWith(field.name(), "_id") || absl::EndsWith(field.name(), "_ids");
    const bool names_a_person =
        absl::StrContains(field.name(), "mentor") || absl::StrContains(field.name(), "reviewer");
    if (nobodys.contains(field.name()) || (is_id && !names_a_person)) continue;
    found.insert(absl::StrCat(type.name(), ".", field.name()));
  }
}

TEST(MakePseudonymous, EveryTextOfAnEventIsPersonalOrNobodys) {
  std::set<std::string> unclassified;
  FindUnclassified(*events::v1::LearnerEvent::descriptor(), unclassified);
  EXPECT_THAT(unclassified, ::testing::IsEmpty())
      << "add (edirae.identity.v1.personal) = true, or name it among those that are nobody's";
}

}  // namespace
}  // namespace edirae::progress
