#include "services/catalog/rpc/publisher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "common/status/error.h"
#include "common/testing/status_matchers.h"
#include "google/protobuf/text_format.h"
#include "services/catalog/testing/content_tree.h"
#include "services/catalog/testing/fake_revision_store.h"

namespace edirae::catalog {
namespace {

using edirae::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

v1::RevisionContent Titled(const std::string& title) {
  v1::RevisionContent content = testing::GoodContent();
  content.mutable_roadmaps(0)->set_title(title);
  return content;
}

// Without its optional concept.
v1::RevisionContent WithoutGarnish() {
  v1::RevisionContent content = testing::GoodContent();
  content.mutable_roadmaps(0)->mutable_stages(1)->mutable_concepts()->RemoveLast();
  const auto of_garnish = [](absl::string_view id) { return absl::StartsWith(id, "garnish"); };
  const auto drop = [&](auto& list, const auto& id_of) {
    list.erase(std::remove_if(list.begin(), list.end(), [&](const auto& item) { return of_garnish(id_of(item)); }),
               list.end());
  };
  drop(*content.mutable_questions(), [](const auto& keyed) { return keyed.question().question_id(); });
  drop(*content.mutable_flashcards(), [](const auto& card) { return card.card_id(); });
  drop(*content.mutable_lessons(), [](const auto& lesson) { return lesson.concept_id(); });
  drop(*content.mutable_resources(),
       [](const auto& resource) { return resource.concept_ids_size() == 0 ? std::string() : resource.concept_ids(0); });
  return content;
}

// With its optional concept under another name, in all that refers to it.
v1::RevisionContent WithToppingForGarnish() {
  std::string text;
  google::protobuf::TextFormat::PrintToString(testing::GoodContent(), &text);
  v1::RevisionContent content;
  EXPECT_TRUE(
      google::protobuf::TextFormat::ParseFromString(absl::StrReplaceAll(text, {{"garnish", "topping"}}), &content));
  return content;
}

class PublisherTest : public ::testing::Test {
 protected:
  absl::StatusOr<PublishOutcome> Publish(v1::RevisionContent content, int64_t expected_head,
                                         const std::string& request_id = "", bool validate_only = false) {
    return publisher_.Publish({.content = std::move(content), .sources = {}}, {.author = "ada",
                                                                               .note = "note",
                                                                               .request_id = request_id,
                                                                               .expected_head = expected_head,
                                                                               .validate_only = validate_only});
  }
  absl::StatusOr<PublishOutcome> Rollback(int64_t number, int64_t expected_head, const v1::RevisionContent& with = {},
                                          const std::string& request_id = "back") {
    return publisher_.Rollback(
        number, with.migrations(),
        {.author = "ada", .note = "oops", .request_id = request_id, .expected_head = expected_head});
  }
  int64_t Served() { return revisions_.Current() == nullptr ? 0 : revisions_.Current()->revision.number(); }
  // As "from>to,to".
  std::vector<std::string> ServedMigrations() {
    std::vector<std::string> served;
    for (const v1::ConceptMigration& migration : revisions_.Current()->revision.content().migrations()) {
      served.push_back(absl::StrCat(migration.from_concept_id(), ">", absl::StrJoin(migration.to_concept_ids(), ",")));
    }
    return served;
  }
  std::string ServedTitle() { return revisions_.Current()->revision.content().roadmaps(0).title(); }

  const FakeClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  testing::FakeRevisionStore store_;
  Revisions revisions_;
  int announced_ = 0;
  Publisher publisher_{store_, revisions_, clock_, [this] { ++announced_; }};
};

TEST_F(PublisherTest, RecordsThenServes) {
  ASSERT_OK_AND_ASSIGN(const PublishOutcome outcome, Publish(Titled("One"), 0));
  EXPECT_TRUE(outcome.published);
  EXPECT_EQ(outcome.revision->number, 1);
  EXPECT_EQ(outcome.revision->author, "ada");
  EXPECT_EQ(outcome.revision->publish_time, clock_.Now());
  EXPECT_EQ(outcome.revision->counts.concepts, 4);
  EXPECT_EQ(outcome.revision->digest, revisions_.Current()->digest());
  EXPECT_EQ(Served(), 1);
  EXPECT_EQ(announced_, 1);
}

TEST_F(PublisherTest, PublishesTheSameContentOnce) {
  ASSERT_OK(Publish(Titled("One"), 0));
  ASSERT_OK_AND_ASSIGN(const PublishOutcome again, Publish(Titled("One"), 1));
  EXPECT_FALSE(again.published);
  EXPECT_EQ(again.revision->number, 1);
  EXPECT_EQ(announced_, 1);
}

TEST_F(PublisherTest, RefusesContentThatIsNotValidWithItsFindings) {
  v1::RevisionContent content = testing::GoodContent();
  content.mutable_questions(0)->mutable_key()->clear_correct_choice_ids();
  ASSERT_OK_AND_ASSIGN(const PublishOutcome outcome, Publish(std::move(content), 0));
  ASSERT_THAT(outcome.findings, SizeIs(1));
  EXPECT_THAT(ToString(outcome.findings), HasSubstr("questions[0].key.correct_choice_ids:1:1: a single"));
  EXPECT_EQ(Served(), 0);
  EXPECT_FALSE(store_.Head()->has_value());
}

TEST_F(PublisherTest, RefusesToLoseAConcept) {
  ASSERT_OK(Publish(testing::GoodContent(), 0));
  ASSERT_OK_AND_ASSIGN(const PublishOutcome outcome, Publish(WithoutGarnish(), 1));
  EXPECT_THAT(ToString(outcome.findings), HasSubstr("the concept 'garnish' is no longer taught"));
  EXPECT_EQ(Served(), 1);
}

TEST_F(PublisherTest, ChecksWithoutPublishing) {
  ASSERT_OK_AND_ASSIGN(const PublishOutcome first, Publish(Titled("One"), 0, "r1", /*validate_only=*/true));
  EXPECT_THAT(first.findings, IsEmpty());
  EXPECT_FALSE(first.revision.has_value());
  EXPECT_EQ(Served(), 0);
}

TEST_F(PublisherTest, RefusesWhenAnotherRevisionIsTheNewest) {
  ASSERT_OK(Publish(Titled("One"), 0));
  const auto late = Publish(Titled("Two"), 0);
  EXPECT_THAT(late, StatusIs(absl::StatusCode::kAborted, HasSubstr("the newest revision is 1, not 0")));
  EXPECT_EQ(ErrorInfoOf(late.status()).reason(), "HEAD_MOVED");
}

TEST_F(PublisherTest, AnswersARetryWithWhatTheFirstLedTo) {
  ASSERT_OK(Publish(Titled("One"), 0, "r1"));
  ASSERT_OK(Publish(Titled("Two"), 1, "r2"));
  ASSERT_OK_AND_ASSIGN(const PublishOutcome retry, Publish(Titled("One"), 0, "r1"));
  EXPECT_EQ(retry.revision->number, 1);
  EXPECT_EQ(Served(), 2);
  EXPECT_THAT(Publish(Titled("Three"), 2, "r1"), StatusIs(absl::StatusCode::kAlreadyExists));
}

TEST_F(PublisherTest, ServesOnWhenTheStoreFails) {
  ASSERT_OK(Publish(Titled("One"), 0));
  store_.FailAppends(absl::ResourceExhaustedError("disk full"));
  EXPECT_THAT(Publish(Titled("Two"), 1), StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_EQ(ServedTitle(), "One");
  EXPECT_EQ(announced_, 1);
}

TEST_F(PublisherTest, PublishesOlderContentAgainUnderANewNumber) {
  ASSERT_OK(Publish(Titled("One"), 0));
  ASSERT_OK(Publish(Titled("Two"), 1));
  ASSERT_OK_AND_ASSIGN(const PublishOutcome outcome, Rollback(1, 2));
  EXPECT_EQ(outcome.revision->number, 3);
  EXPECT_EQ(outcome.revision->restored_revision, 1);
  EXPECT_EQ(ServedTitle(), "One");
  ASSERT_OK_AND_ASSIGN(const PublishOutcome retry, Rollback(1, 2));
  EXPECT_EQ(retry.revision->number, 3);
  EXPECT_THAT(Rollback(2, 3), StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_THAT(Rollback(9, 3, {}, "other"), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(PublisherTest, RollsBackPastANewConceptOnlyWithItsMigration) {
  ASSERT_OK(Publish(WithoutGarnish(), 0));
  ASSERT_OK(Publish(testing::GoodContent(), 1));
  ASSERT_OK_AND_ASSIGN(const PublishOutcome refused, Rollback(1, 2));
  EXPECT_THAT(ToString(refused.findings), HasSubstr("the concept 'garnish' is no longer taught"));
  v1::RevisionContent with;
  with.add_migrations()->set_from_concept_id("garnish");
  with.mutable_migrations(0)->set_reason("It was too early.");
  ASSERT_OK_AND_ASSIGN(const PublishOutcome outcome, Rollback(1, 2, with));
  EXPECT_EQ(outcome.revision->number, 3);
  EXPECT_THAT(ServedMigrations(), ElementsAre("garnish>"));
  ASSERT_OK_AND_ASSIGN(const PublishOutcome forward, Rollback(2, 3, {}, "again"));
  EXPECT_EQ(forward.revision->number, 4);
  EXPECT_THAT(ServedMigrations(), IsEmpty());
}

TEST_F(PublisherTest, ARollbackTurnsRoundWhatWasMigratedSince) {
  ASSERT_OK(Publish(testing::GoodContent(), 0));
  v1::RevisionContent renamed = WithToppingForGarnish();
  v1::ConceptMigration& migration = *renamed.add_migrations();
  migration.set_from_concept_id("garnish");
  migration.add_to_concept_ids("topping");
  migration.set_reason("A clearer name.");
  ASSERT_OK_AND_ASSIGN(const PublishOutcome second, Publish(renamed, 1));
  ASSERT_TRUE(second.published) << ToString(second.findings);
  ASSERT_OK_AND_ASSIGN(const PublishOutcome back, Rollback(1, 2));
  ASSERT_TRUE(back.published) << ToString(back.findings);
  EXPECT_THAT(ServedMigrations(), ElementsAre("topping>garnish"));
  EXPECT_EQ(revisions_.Current()->revision.content().migrations(0).reason(), "Revision 1 was published again.");
  renamed.clear_migrations();
  ASSERT_OK_AND_ASSIGN(const PublishOutcome lost, Publish(renamed, 3));
  EXPECT_THAT(ToString(lost.findings), HasSubstr("the migration of 'topping' is gone")) << "it stays from now on";
}

TEST_F(PublisherTest, ARollbackKnowsWhichTargetsWereThere) {
  ASSERT_OK(Publish(WithoutGarnish(), 0));
  ASSERT_OK(Publish(testing::GoodContent(), 1));
  v1::RevisionContent with;
  with.add_migrations()->set_from_concept_id("garnish");
  with.mutable_migrations(0)->add_to_concept_ids(testing::GoodContent().roadmaps(0).stages(1).concepts(0).concept_id());
  with.mutable_migrations(0)->set_reason("It was too early.");
  ASSERT_OK_AND_ASSIGN(const PublishOutcome outcome, Rollback(1, 2, with));
  ASSERT_TRUE(outcome.published) << ToString(outcome.findings);
  EXPECT_TRUE(revisions_.Current()->revision.content().migrations(0).into_existing());
}

TEST_F(PublisherTest, ServesTheStoredHead) {
  ASSERT_OK(Publish(Titled("One"), 0));
  Revisions restarted;
  Publisher publisher(store_, restarted, clock_);
  ASSERT_OK(publisher.ServeHead());
  EXPECT_EQ(restarted.Current()->revision.number(), 1);
  EXPECT_EQ(restarted.Current()->digest(), revisions_.Current()->digest());
  store_.Damage(1, "rotten");
  Revisions again;
  EXPECT_THAT(Publisher(store_, again, clock_).ServeHead(), StatusIs(absl::StatusCode::kDataLoss));
}

}  // namespace
}  // namespace edirae::catalog
