// Nobody who was erased is left anywhere: ledger, index, stream, recommend, logs.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "common/rpc/channel.h"
#include "common/rpc/unary.h"
#include "common/status/error.h"
#include "common/testing/eventually.h"
#include "common/testing/files_with.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_folder.h"
#include "edirae/progress/v1/history_service.grpc.pb.h"
#include "gateway/auth/token.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tests/e2e/run_as.h"
#include "tests/platform/platform_fixture.h"
#include "tests/platform/run_to_end.h"
#include "tests/platform/student.h"

namespace edirae::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr char kErasedConcept[] = "supervised-learning";
constexpr char kAnna[] = "Zebrafish-anna";
constexpr char kBob[] = "bob";
constexpr char kMentor[] = "Zebrafish-mia";
constexpr char kReviewedMilestone[] = "classical-models-on-real-data";
constexpr char kErasure[] = "0193-erase-it-all";
constexpr int kAnswers = 12;

class ErasureTest : public PlatformFixture {
 protected:
  void SetUp() override {
    ASSERT_NO_FATAL_FAILURE(StartSplit());
    anna_ = std::make_unique<Student>(*platform_, platform_->gateway().address(), kAnna);
    bob_ = std::make_unique<Student>(*platform_, platform_->gateway().address(), kBob);
    Learn(*anna_);
    Learn(*bob_);
    ASSERT_OK_AND_ASSIGN(const auto history, HistoryOf(*platform_, kAnna));
    events_ = static_cast<int64_t>(history.size());
    ASSERT_TRUE(Follows(kAnna, events_));
  }

  void Learn(const Student& student) {
    ASSERT_OK_AND_ASSIGN(const auto questions, student.Questions(kErasedConcept));
    int answered = 0;
    for (const auto& question : questions) {
      if (question.kind() != catalog::v1::QUESTION_KIND_SINGLE_CHOICE || answered == kAnswers) continue;
      const std::string request_id = absl::StrCat("Xylophone-", student.id(), "-", ++answered);
      ASSERT_OK(student.Answer(question.question_id(), Choose({question.choices(0).choice_id()}), request_id));
    }
    ASSERT_GT(answered, 3);
  }

  // Whether recommend reflects a learner's history up to there.
  [[nodiscard]] bool Follows(const std::string& learner_id, int64_t seq) {
    return Eventually(
        [&] {
          const auto as_of = RecommendedAsOf(*platform_, learner_id);
          return as_of.ok() && *as_of == seq;
        },
        absl::Seconds(20));
  }

  // Files of the whole platform, logs included, that hold a text; of one part only when it is named.
  std::vector<std::string> FilesWith(const std::string& text, const std::string& part = "") {
    const std::filesystem::path all = std::filesystem::path(platform_->DataFolder("progress")).parent_path();
    return edirae::testing::FilesWith((all / part).string(), text);
  }

  static absl::StatusOr<progress::v1::ErasureReceipt> Erase(const cli::Session& session,
                                                            const std::string& learner_id = "",
                                                            const std::string& request_id = kErasure) {
    const auto history = progress::v1::HistoryService::NewStub(rpc::NewClientChannel(session.settings().address));
    grpc::ClientContext context;
    session.Prepare(context, absl::Seconds(10));
    progress::v1::EraseLearnerRequest request;
    request.set_learner_id(learner_id);
    request.set_request_id(request_id);
    progress::v1::EraseLearnerResponse response;
    const grpc::Status status = history->EraseLearner(&context, request, &response);
    if (!status.ok()) return rpc::FromGrpc(status);
    return response.receipt();
  }

  // The receipt once the bus has followed and the proof is there.
  progress::v1::ErasureReceipt WholeReceipt(const cli::Session& session, const std::string& learner_id = "") {
    absl::StatusOr<progress::v1::ErasureReceipt> receipt;
    EXPECT_TRUE(Eventually(
        [&] {
          receipt = Erase(session, learner_id);
          return receipt.ok() && receipt->has_complete_time() && receipt->has_proof();
        },
        absl::Seconds(30)))
        << receipt.status();
    return receipt.value_or(progress::v1::ErasureReceipt());
  }

  std::string TokenOf(const std::string& who, identity::v1::Role role) {
    return gateway::MintToken(platform_->token_secret(), who, absl::Hours(1), absl::Now(), role).value();
  }

  std::unique_ptr<Student> anna_;
  std::unique_ptr<Student> bob_;
  int64_t events_ = 0;
};

TEST_F(ErasureTest, AMentorLeavesReviewsThatNameNobody) {
  const auto bob = [&](std::vector<std::string> arguments) {
    return RunAs(*platform_, kBob, identity::v1::ROLE_LEARNER, std::move(arguments));
  };
  const Ended submitted = bob({"submit", kReviewedMilestone, "--link", "report=https://example.org/code", "--json"});
  ASSERT_EQ(submitted.status.code, 0) << submitted.output;
  const std::string submission = nlohmann::json::parse(submitted.output)["outcome"]["submission"]["submission_id"];
  const auto mentor = [&](std::vector<std::string> arguments) {
    return RunAs(*platform_, kMentor, identity::v1::ROLE_MENTOR, std::move(arguments));
  };
  ASSERT_EQ(mentor({"mentor", "claim", submission}).status.code, 0);
  ASSERT_THAT(FilesWith(kMentor, "progress"), Not(IsEmpty())) << "or the test proves nothing";

  const TempFolder folder;
  const std::string file = folder.File("mine.tar.gz");
  const Ended exported = mentor({"export", "--to", file});
  ASSERT_EQ(exported.status.code, 0) << exported.output;
  ASSERT_EQ(std::system(absl::StrCat("tar -xzf ", file, " -C ", folder.path()).c_str()), 0);
  std::ostringstream acts;
  acts << std::ifstream(folder.File("mentoring/000001.jsonl")).rdbuf();
  EXPECT_THAT(acts.str(), HasSubstr(submission));
  EXPECT_THAT(acts.str(), HasSubstr(kMentor));

  const Ended erased = mentor({"erase", "--yes", "--request-id", kErasure});
  EXPECT_EQ(erased.status.code, 0) << erased.output;
  EXPECT_THAT(erased.output, HasSubstr("do not name them any more: 1."));
  EXPECT_THAT(erased.output, HasSubstr("The stream has followed"));
  EXPECT_THAT(FilesWith(kMentor), IsEmpty());
  platform_->progress().Kill();
  ASSERT_OK(platform_->progress().Start());
  ASSERT_OK(platform_->progress().WaitReady());
  EXPECT_THAT(FilesWith(kMentor), IsEmpty());
  EXPECT_EQ(mentor({"erase", "--yes"}).status.code, 66) << "nothing is kept of them";
  EXPECT_EQ(mentor({"erase", "--receipt", "never-asked"}).status.code, 66);
  EXPECT_THAT(mentor({"erase", "--receipt", kErasure}).output, HasSubstr("do not name them any more: 1."));
}

TEST_F(ErasureTest, LeavesNoTraceAnywhere) {
  ASSERT_THAT(FilesWith(kAnna, "progress"), Not(IsEmpty())) << "or the test proves nothing";
  ASSERT_THAT(FilesWith("Xylophone-Zebrafish", "progress"), Not(IsEmpty()));
  EXPECT_THAT(FilesWith(kAnna, "nats"), IsEmpty()) << "learners are pseudonyms on the bus";
  EXPECT_THAT(FilesWith(kAnna, "recommend"), IsEmpty()) << "and for recommend";
  ASSERT_OK_AND_ASSIGN(const auto history, HistoryOf(*platform_, kAnna));
  const std::string event_id = history[2].event_id();
  ASSERT_TRUE(Eventually([&] { return !FilesWith(event_id, "nats").empty(); }));

  ASSERT_OK(Erase(anna_->session()));
  EXPECT_THAT(FilesWith(kAnna, "progress"), IsEmpty()) << "from the moment that it is answered";
  const auto receipt = WholeReceipt(anna_->session());
  EXPECT_EQ(receipt.event_count(), events_);
  EXPECT_EQ(receipt.stream_message_count(), events_);
  EXPECT_EQ(receipt.proof().event_count(), static_cast<int64_t>(HistoryOf(*platform_, kBob)->size()));
  EXPECT_THAT(FilesWith(kAnna), IsEmpty());
  EXPECT_THAT(FilesWith("Xylophone-Zebrafish"), IsEmpty());
  EXPECT_THAT(FilesWith(event_id), IsEmpty());
  EXPECT_TRUE(Follows(kAnna, 0));
  EXPECT_TRUE(HistoryOf(*platform_, kAnna)->empty());

  EXPECT_THAT(*HistoryOf(*platform_, kBob), Not(IsEmpty()));
  EXPECT_TRUE(Follows(kBob, static_cast<int64_t>(HistoryOf(*platform_, kBob)->size())));
}

TEST_F(ErasureTest, IsTheSameReceiptForEver) {
  ASSERT_OK(Erase(anna_->session()));
  const std::string receipt = WholeReceipt(anna_->session()).SerializeAsString();
  platform_->progress().Kill();
  ASSERT_OK(platform_->progress().Start());
  ASSERT_OK(platform_->progress().WaitReady());
  EXPECT_EQ(WholeReceipt(anna_->session()).SerializeAsString(), receipt);
  const auto again = Erase(anna_->session(), "", "another-request");
  EXPECT_THAT(again, StatusIs(absl::StatusCode::kNotFound));
  EXPECT_EQ(ErrorInfoOf(again.status()).reason(), "LEARNER_NOT_FOUND");
}

TEST_F(ErasureTest, GoesOnAfterACrash) {
  platform_->nats().Kill();
  ASSERT_OK(Erase(anna_->session()));
  platform_->progress().Kill();
  ASSERT_OK(platform_->nats().Restart());
  ASSERT_OK(platform_->progress().Start());
  ASSERT_OK(platform_->progress().WaitReady());
  EXPECT_EQ(WholeReceipt(anna_->session()).stream_message_count(), events_);
  EXPECT_THAT(FilesWith(kAnna), IsEmpty());
}

TEST_F(ErasureTest, WhoComesBackStartsAnew) {
  ASSERT_OK(Erase(anna_->session()));
  const auto receipt = WholeReceipt(anna_->session());
  Learn(*anna_);
  EXPECT_TRUE(Follows(kAnna, events_));
  ASSERT_OK_AND_ASSIGN(const auto second, Erase(anna_->session(), "", "second"));
  EXPECT_NE(second.pseudonym(), receipt.pseudonym());
  EXPECT_EQ(second.event_count(), events_);
}

TEST_F(ErasureTest, IsForOneselfAndForAdministrators) {
  EXPECT_THAT(Erase(bob_->session(), kAnna), StatusIs(absl::StatusCode::kPermissionDenied));
  const cli::Session author(
      {.address = platform_->gateway().address(), .token = TokenOf("author", identity::v1::ROLE_AUTHOR)});
  EXPECT_THAT(Erase(author, kAnna), StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_EQ(HistoryOf(*platform_, kAnna)->size(), events_);

  const Ended refused = RunToEnd("edirae", {"erase", kAnna, "--address", platform_->gateway().address(), "--token",
                                            TokenOf("root", identity::v1::ROLE_ADMIN)});
  EXPECT_EQ(refused.status.code, 64) << "nobody has said --yes";
  const Ended erased = RunToEnd("edirae", {"erase", kAnna, "--yes", "--address", platform_->gateway().address(),
                                           "--token", TokenOf("root", identity::v1::ROLE_ADMIN)});
  EXPECT_EQ(erased.status.code, 0) << erased.output;
  EXPECT_THAT(erased.output, HasSubstr(absl::StrCat("Erased ", events_, " events")));
  EXPECT_THAT(erased.output, HasSubstr("The stream has followed"));
  EXPECT_TRUE(HistoryOf(*platform_, kAnna)->empty());
}

TEST_F(ErasureTest, WhoLeavesTakesEverythingAlong) {
  const TempFolder folder;
  const std::string file = folder.File("mine.tar.gz");
  const std::vector<std::string> command = {"export",
                                            "--to",
                                            file,
                                            "--address",
                                            platform_->gateway().address(),
                                            "--token",
                                            TokenOf(kAnna, identity::v1::ROLE_LEARNER)};
  const Ended exported = RunToEnd("edirae", command);
  ASSERT_EQ(exported.status.code, 0) << exported.output;
  ASSERT_EQ(std::system(absl::StrCat("tar -xzf ", file, " -C ", folder.path()).c_str()), 0);
  std::ostringstream events;
  events << std::ifstream(folder.File("events/000001.jsonl")).rdbuf();
  EXPECT_THAT(events.str(), HasSubstr(kAnna));
  EXPECT_THAT(events.str(), HasSubstr("Xylophone-Zebrafish-anna-1"));
  EXPECT_THAT(events.str(), HasSubstr("learner_exported"));
  EXPECT_THAT(events.str(), Not(HasSubstr("Xylophone-bob")));
  EXPECT_TRUE(std::filesystem::exists(folder.File("README.txt")));
  EXPECT_NE(RunToEnd("edirae", command).status.code, 0) << "a file that is there is not overwritten";
  EXPECT_TRUE(Follows(kAnna, events_ + 1)) << "that it was taken is an event like others";
}

}  // namespace
}  // namespace edirae::testing
