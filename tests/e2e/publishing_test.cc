// Publishing while learners learn, with every service in a process of its own.
#include <atomic>
#include <iostream>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/time/clock.h"
#include "common/catalog_feed/catalog_feed.h"
#include "common/rpc/channel.h"
#include "common/rpc/unary.h"
#include "common/status/error.h"
#include "common/testing/eventually.h"
#include "common/testing/status_matchers.h"
#include "edirae/catalog/v1/authoring_service.grpc.pb.h"
#include "gateway/auth/token.h"
#include "gmock/gmock.h"
#include "google/protobuf/util/json_util.h"
#include "gtest/gtest.h"
#include "tests/e2e/answers.h"
#include "tests/platform/one_sitting.h"
#include "tests/platform/platform_fixture.h"
#include "tests/platform/student.h"

namespace edirae::testing {
namespace {

using catalog::v1::AuthoringService;

constexpr absl::Duration kSwitchTime = absl::Seconds(2);

class PublishingTest : public PlatformFixture {
 protected:
  void SetUp() override {
    PlatformOptions options;
    ASSERT_OK_AND_ASSIGN(options.content, ContentForOneSitting(folder_));
    ASSERT_NO_FATAL_FAILURE(StartSplit(options));
    authoring_ = AuthoringService::NewStub(rpc::NewClientChannel(platform_->gateway().address()));
    std::atomic<bool> taken = false;
    const CatalogFeed feed(rpc::NewClientChannel(platform_->catalog().address()), platform_->service_token(),
                           [&](const std::shared_ptr<const CatalogRevision>& revision) {
                             content_ = revision->content;
                             taken = true;
                           });
    ASSERT_TRUE(Eventually([&] { return taken.load(); }));
    ada_ = std::make_unique<Student>(*platform_, platform_->gateway().address(), "ada");
  }

  // As an author, or as whoever has `role`.
  absl::StatusOr<catalog::v1::PublishRevisionResponse> Publish(const catalog::v1::RevisionContent& content,
                                                               int64_t expected_head,
                                                               identity::v1::Role role = identity::v1::ROLE_AUTHOR) {
    const auto token =
        gateway::MintToken(platform_->token_secret(), "teacher", absl::Hours(1), absl::Now(), role).value();
    grpc::ClientContext context;
    rpc::AddBearer(context, token);
    context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(30)));
    catalog::v1::PublishRevisionResponse response;
    const auto writer = authoring_->PublishRevision(&context, &response);
    catalog::v1::PublishRevisionRequest part;
    part.mutable_head()->set_request_id(absl::StrCat("publish-", expected_head));
    part.mutable_head()->set_expected_head(expected_head);
    part.mutable_head()->set_note("a better title");
    writer->Write(part);
    *part.mutable_content() = content;
    writer->Write(part);
    part.mutable_end();
    writer->Write(part);
    writer->WritesDone();
    const grpc::Status status = writer->Finish();
    if (!status.ok()) return rpc::FromGrpc(status);
    return response;
  }

  absl::StatusOr<cli::AnswerSheet> Sheet() { return AnswersOf(*platform_); }

  // Whether gateway and progress answer by the revision, and recommend too.
  bool AllAreOn(int64_t revision) {
    const auto home = ada_->Home();
    return home.ok() && home->progress().catalog_revision() == revision &&
           home->next_steps().catalog_revision() == revision;
  }

  const TempFolder folder_;
  std::unique_ptr<AuthoringService::Stub> authoring_;
  catalog::v1::RevisionContent content_;
  std::unique_ptr<Student> ada_;
};

TEST_F(PublishingTest, AllServicesSwitchWhileAnswersGoOn) {
  const auto sheet = Sheet();
  ASSERT_OK(sheet);
  std::atomic<bool> stopping = false;
  std::atomic<int> answered = 0, failed = 0;
  std::thread student([&] {
    const Student bob(*platform_, platform_->gateway().address(), "bob");
    const auto& question = content_.questions(0).question();
    for (int i = 0; !stopping; ++i) {
      const auto outcome =
          bob.Answer(question.question_id(), sheet->Right(question.question_id()).value(), absl::StrCat("answer-", i));
      outcome.ok() ? ++answered : ++failed;
      if (!outcome.ok()) std::cerr << outcome.status() << "\n";
    }
  });
  EXPECT_TRUE(Eventually([&] { return answered > 20; }, absl::Seconds(20)));
  for (int64_t head = 1; head <= 3; ++head) {
    content_.mutable_roadmaps(0)->set_title(absl::StrCat("Title ", head));
    const auto published = Publish(content_, head);
    ASSERT_OK(published);
    EXPECT_EQ(published->revision().revision(), head + 1) << published->DebugString();
    const absl::Time start = absl::Now();
    EXPECT_TRUE(Eventually([&] { return AllAreOn(head + 1); }, absl::Seconds(20)));
    EXPECT_LE(absl::Now() - start, kSwitchTime);
  }
  stopping = true;
  student.join();
  EXPECT_EQ(failed, 0);
}

TEST_F(PublishingTest, AServiceThatWasDownCatchesUp) {
  platform_->progress().Kill();
  content_.mutable_roadmaps(0)->set_title("Another title");
  ASSERT_OK(Publish(content_, 1));
  ASSERT_OK(platform_->progress().Start());
  ASSERT_OK(platform_->progress().WaitReady());
  EXPECT_TRUE(Eventually([&] { return AllAreOn(2); }, absl::Seconds(20)));
}

TEST_F(PublishingTest, RevisionsSurviveTheCatalog) {
  content_.mutable_roadmaps(0)->set_title("Another title");
  ASSERT_OK(Publish(content_, 1));
  ASSERT_TRUE(Eventually([&] { return AllAreOn(2); }, absl::Seconds(20)));
  platform_->catalog().Kill();
  ASSERT_OK(platform_->catalog().Start());
  ASSERT_OK(platform_->catalog().WaitReady());
  content_.mutable_roadmaps(0)->set_title("A third title");
  // The gateway may still look for the catalog; the request id is the same each time.
  absl::StatusOr<catalog::v1::PublishRevisionResponse> published;
  ASSERT_TRUE(Eventually(
      [&] {
        published = Publish(content_, 2);
        return published.status().code() != absl::StatusCode::kUnavailable;
      },
      absl::Seconds(20)));
  ASSERT_OK(published);
  EXPECT_EQ(published->revision().revision(), 3);
  EXPECT_TRUE(Eventually([&] { return AllAreOn(3); }, absl::Seconds(20)));
}

TEST_F(PublishingTest, LearnersPublishNothing) {
  const auto refused = Publish(content_, 1, identity::v1::ROLE_LEARNER);
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_EQ(ErrorInfoOf(refused.status()).reason(), "AUTHORS_ONLY");
}

// The content with another id of a concept, in all that refers to it.
catalog::v1::RevisionContent Renamed(const catalog::v1::RevisionContent& content, const std::string& from,
                                     const std::string& to) {
  std::string json;
  EXPECT_TRUE(google::protobuf::util::MessageToJsonString(content, &json).ok());
  json = absl::StrReplaceAll(json, {{absl::StrCat("\"", from, "\""), absl::StrCat("\"", to, "\"")},
                                    {absl::StrCat("\"", from, "."), absl::StrCat("\"", to, ".")}});
  catalog::v1::RevisionContent renamed;
  EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(json, &renamed).ok());
  return renamed;
}

TEST_F(PublishingTest, ARenamedConceptKeepsItsCredit) {
  ASSERT_OK_AND_ASSIGN(const auto sheet, Sheet());
  const std::string old_id = content_.roadmaps(0).stages(0).concepts(0).concept_id();
  ASSERT_OK_AND_ASSIGN(const auto questions, ada_->Questions(old_id));
  int answered = 0;
  for (const auto& question : questions) {
    if (question.concept_ids_size() > 1 || question.concept_ids(0) != old_id) continue;
    ASSERT_OK_AND_ASSIGN(const auto reply, sheet.Right(question.question_id()));
    ASSERT_OK(ada_->Answer(question.question_id(), reply, absl::StrCat("right-", ++answered)));
  }
  ASSERT_GE(answered, 3);
  catalog::v1::RevisionContent content = Renamed(content_, old_id, "quite-another-name");
  ASSERT_OK_AND_ASSIGN(const auto refused, Publish(content, 1));
  EXPECT_FALSE(refused.has_revision());
  EXPECT_EQ(refused.finding_count(), 1);
  auto& migration = *content.add_migrations();
  migration.set_from_concept_id(old_id);
  migration.add_to_concept_ids("quite-another-name");
  migration.set_reason("A clearer name.");
  ASSERT_OK(Publish(content, 1));
  ASSERT_TRUE(Eventually([&] { return AllAreOn(2); }, absl::Seconds(20)));
  ASSERT_OK_AND_ASSIGN(const learn::v1::Home home, ada_->Home());
  EXPECT_EQ(home.progress().mastered_required_count(), 1);
  ASSERT_EQ(home.progress().concepts_size(), 1);
  EXPECT_EQ(home.progress().concepts(0).concept_id(), "quite-another-name");
  EXPECT_EQ(home.progress().concepts(0).status(), progress::v1::CONCEPT_STATUS_MASTERED);
  for (const auto& suggestion : home.next_steps().suggestions()) {
    EXPECT_NE(suggestion.concept_id(), "quite-another-name") << "recommend would teach it again";
  }
}

}  // namespace
}  // namespace edirae::testing
