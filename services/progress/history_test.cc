// What callers of progress can do with a history as a whole.
#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <limits>

#include "absl/strings/escaping.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "common/progress_rpc/history_rpc.h"
#include "common/status/error.h"
#include "edirae/progress/v1/history_service.pb.h"
#include "gmock/gmock.h"
#include "services/progress/adapters/sha256.h"
#include "services/progress/rpc/history_methods.h"
#include "services/progress/rpc/page_token.h"
#include "services/progress/testing/export_fixture.h"

namespace edirae::progress {
namespace {

using edirae::testing::Eventually;
using edirae::testing::StatusIs;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

using HistoryServiceTest = ProgressServiceTest;

TEST_F(HistoryServiceTest, ErasesForTheLearnerAndForAdministratorsOnly) {
  ASSERT_OK(Record("ada", {Answer("r1", "vectors.q1")}));
  ASSERT_OK(Record("bob", {Answer("r1", "vectors.q1")}));
  v1::EraseLearnerRequest request;
  request.set_learner_id("ada");
  request.set_request_id("erasure");
  const auto erase = [&](const std::string& who, identity::v1::Role role) {
    return CallAs(who, kEraseLearner, request.SerializeAsString(), role);
  };
  EXPECT_THAT(erase("bob", identity::v1::ROLE_LEARNER), StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_THAT(erase("bob", identity::v1::ROLE_AUTHOR), StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_EQ(List("ada", 10)->events_size(), 1);
  ASSERT_OK(erase("root", identity::v1::ROLE_ADMIN));
  EXPECT_EQ(List("ada", 10)->events_size(), 0);
  EXPECT_EQ(GetProgress("ada")->progress().as_of_seq(), 0);
  request.clear_learner_id();
  ASSERT_OK(erase("bob", identity::v1::ROLE_LEARNER)) << "whoever names nobody means themselves";
  EXPECT_EQ(List("bob", 10)->events_size(), 0);
  ASSERT_NO_FATAL_FAILURE(Start());
  EXPECT_OK(erase("bob", identity::v1::ROLE_LEARNER)) << "the same again, over restarts";
  request.clear_request_id();
  EXPECT_THAT(erase("bob", identity::v1::ROLE_LEARNER), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(HistoryServiceTest, AnErasureIsProvenAndCanBeOrderedByPseudonym) {
  ASSERT_OK(Record("ada", {Answer("r1", "vectors.q1")}));
  ASSERT_OK(Record("bob", {Answer("r1", "vectors.q1"), Answer("r2", "vectors.q2")}));
  v1::GetPseudonymRequest whose;
  whose.set_learner_id("ada");
  ASSERT_OK_AND_ASSIGN(const auto named, Call(&v1::ProgressService::Stub::GetPseudonym, whose));
  v1::EraseLearnerRequest request;
  request.set_pseudonym(named.pseudonym());
  request.set_request_id("erasure");
  const auto erase = [&](identity::v1::Role role) -> absl::StatusOr<v1::ErasureReceipt> {
    const auto bytes = CallAs("root", kEraseLearner, request.SerializeAsString(), role);
    if (!bytes.ok()) return bytes.status();
    v1::EraseLearnerResponse response;
    EXPECT_TRUE(response.ParseFromString(**bytes));
    return response.receipt();
  };
  EXPECT_THAT(erase(identity::v1::ROLE_LEARNER), StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_THAT(CallAs(named.pseudonym(), kEraseLearner, request.SerializeAsString(), identity::v1::ROLE_LEARNER),
              StatusIs(absl::StatusCode::kPermissionDenied))
      << "a learner who is called like somebody's pseudonym";
  ASSERT_OK_AND_ASSIGN(const auto receipt, erase(identity::v1::ROLE_ADMIN));
  EXPECT_EQ(receipt.pseudonym(), named.pseudonym());
  EXPECT_EQ(List("ada", 10)->events_size(), 0);
  EXPECT_TRUE(Eventually([&] { return erase(identity::v1::ROLE_ADMIN)->proof().event_count() == 2; }));
  request.set_request_id("another");
  EXPECT_THAT(erase(identity::v1::ROLE_ADMIN), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(HistoryServiceTest, HistoriesByPseudonymAreForServicesAndNameNobody) {
  ASSERT_OK(Record("ada", {Answer("request-of-ada", "vectors.q1")}));
  v1::GetPseudonymRequest whose;
  whose.set_learner_id("ada");
  EXPECT_THAT(CallAs("ada", kGetPseudonym, whose.SerializeAsString()), StatusIs(absl::StatusCode::kPermissionDenied));
  ASSERT_OK_AND_ASSIGN(const auto named, Call(&v1::ProgressService::Stub::GetPseudonym, whose));
  v1::ListLearnerEventsRequest list;
  list.set_pseudonym(named.pseudonym());
  EXPECT_THAT(CallAs("ada", kListLearnerEvents, list.SerializeAsString()),
              StatusIs(absl::StatusCode::kPermissionDenied));
  ASSERT_OK_AND_ASSIGN(const auto events, Call(&v1::ProgressService::Stub::ListLearnerEvents, list));
  ASSERT_EQ(events.events_size(), 1);
  EXPECT_EQ(events.events(0).learner_id(), named.pseudonym());
  EXPECT_EQ(events.events(0).request_id(), "");
  EXPECT_EQ(events.events(0).question_answered().question_id(), "vectors.q1");
  v1::EraseLearnerRequest erase;
  erase.set_request_id("erasure");
  ASSERT_OK(CallAs("ada", kEraseLearner, erase.SerializeAsString()));
  ASSERT_OK_AND_ASSIGN(const auto erased, Call(&v1::ProgressService::Stub::ListLearnerEvents, list));
  ASSERT_EQ(erased.events_size(), 1);
  EXPECT_EQ(erased.events(0).learner_erased().event_count(), 1);
  EXPECT_EQ(erased.events(0).learner_seq(), 2);
}

using ExportTest = ExportFixture;

TEST_F(ExportTest, HasEverythingOfTheLearnerAndNothingOfOthers) {
  ASSERT_OK(Record("ada", {Answer("request-of-ada", "vectors.q1"), Answer("r2", "vectors.q2", false)}));
  ASSERT_OK(Record("bob", {Answer("request-of-bob", "vectors.q1")}));
  ASSERT_OK_AND_ASSIGN(const std::string archive, Export("ada", "export"));
  const std::string lines = FileOf(archive, "events/000001.jsonl");
  EXPECT_THAT(lines, HasSubstr("request-of-ada"));
  EXPECT_THAT(lines, Not(HasSubstr("bob")));
  events::v1::LearnerEvent last;
  std::vector<std::string> all = absl::StrSplit(lines, '\n', absl::SkipEmpty());
  ASSERT_THAT(all, SizeIs(3));
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(all.back(), &last).ok());
  EXPECT_TRUE(last.has_learner_exported()) << "that it was taken is in it";
  EXPECT_FALSE(last.learner_exported().by_administrator());
  const std::string manifest = FileOf(archive, "manifest.json");
  EXPECT_THAT(manifest, HasSubstr("\"learner_id\": \"ada\""));
  EXPECT_THAT(manifest, HasSubstr("\"event_count\": 3"));
  EXPECT_THAT(manifest, HasSubstr(absl::BytesToHexString(Sha256Of(std::string(32, '\0'), lines))));
  EXPECT_THAT(FileOf(archive, "README.txt"), HasSubstr("everything that Edirae keeps of you"));
}

TEST_F(ExportTest, TheSameRequestIsNoOtherEvent) {
  ASSERT_OK(Record("ada", {Answer("r1", "vectors.q1")}));
  ASSERT_OK(Export("ada", "export"));
  ASSERT_OK(Export("ada", "export"));
  EXPECT_EQ(GetProgress("ada")->progress().as_of_seq(), 2);
  EXPECT_EQ(ErrorInfoOf(Export("ada", "r1").status()).reason(), "REQUEST_ID_REUSED");
  EXPECT_THAT(Record("ada", {Answer("export", "vectors.q1")})->results(0).error().code(),
              static_cast<int>(absl::StatusCode::kAlreadyExists));
  ASSERT_OK(Export("ada", "another"));
  EXPECT_EQ(List("ada", 10)->as_of_seq(), 3);
}

TEST_F(ExportTest, ALongHistoryComesInParts) {
  for (int batch = 0; batch < 12; ++batch) {
    std::vector<v1::LearnerAction> actions;
    for (int i = 0; i < 200; ++i) actions.push_back(Review(absl::StrCat("r", batch, "-", i), "vectors.card"));
    ASSERT_OK(Record("ada", actions));
  }
  ASSERT_OK_AND_ASSIGN(const std::string archive, Export("ada", "export"));
  EXPECT_GT(parts_, 1);
  size_t lines = 0;
  std::string digest(32, '\0');
  for (int part = 1; part <= parts_; ++part) {
    const std::string events = FileOf(archive, absl::StrFormat("events/%06d.jsonl", part));
    lines += static_cast<size_t>(std::ranges::count(events, '\n'));
    digest = Sha256Of(digest, events);
  }
  EXPECT_EQ(lines, 2401);
  EXPECT_THAT(FileOf(archive, "manifest.json"), HasSubstr(absl::BytesToHexString(digest)));
}

TEST_F(ExportTest, IsForTheLearnerAndForAdministrators) {
  ASSERT_OK(Record("ada", {Answer("r1", "vectors.q1")}));
  EXPECT_THAT(Export("bob", "export", identity::v1::ROLE_LEARNER, "ada"),
              StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_THAT(Export("bob", "export", identity::v1::ROLE_MENTOR, "ada"), StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_EQ(ErrorInfoOf(Export("bob", "export").status()).reason(), "LEARNER_NOT_FOUND");
  ASSERT_OK_AND_ASSIGN(const std::string archive, Export("root", "export", identity::v1::ROLE_ADMIN, "ada"));
  EXPECT_THAT(FileOf(archive, "events/000001.jsonl"), HasSubstr("\"by_administrator\":true"));
}

TEST_F(ExportTest, APartBelongsToTheHistoryThatItBeganWith) {
  std::vector<v1::LearnerAction> actions;
  for (int batch = 0; batch < 12; ++batch) {
    actions.clear();
    for (int i = 0; i < 200; ++i) actions.push_back(Review(absl::StrCat("r", batch, "-", i), "vectors.card"));
    ASSERT_OK(Record("ada", actions));
  }
  v1::ExportLearnerRequest request;
  request.set_request_id("export");
  const auto bytes = CallAs("ada", kExportLearner, request.SerializeAsString());
  ASSERT_OK(bytes);
  v1::ExportLearnerResponse response;
  ASSERT_TRUE(response.ParseFromString(**bytes));
  request.set_page_token(response.next_page_token());
  ASSERT_OK(CallAs("ada", kExportLearner, request.SerializeAsString())) << "a part can be asked for again";
  EXPECT_EQ(ErrorInfoOf(CallAs("bob", kExportLearner, request.SerializeAsString()).status()).reason(),
            "STALE_PAGE_TOKEN");
  v1::EraseLearnerRequest erase;
  erase.set_request_id("erasure");
  ASSERT_OK(CallAs("ada", kEraseLearner, erase.SerializeAsString()));
  ASSERT_OK(Record("ada", actions));
  EXPECT_EQ(ErrorInfoOf(CallAs("ada", kExportLearner, request.SerializeAsString()).status()).reason(),
            "STALE_PAGE_TOKEN");
  request.set_page_token("no token");
  EXPECT_EQ(ErrorInfoOf(CallAs("ada", kExportLearner, request.SerializeAsString()).status()).reason(),
            "BAD_PAGE_TOKEN");
}

TEST(ExportToken, WhatNoPartCanHaveEndedWithIsRefused) {
  const ExportPlace good{.event_files = 1,
                         .after_seq = 3,
                         .end_seq = 3,
                         .act_files = 1,
                         .act_count = 2,
                         .after_act = 7,
                         .end_act = 9,
                         .digest = std::string(32, 'd'),
                         .pseudonym = "p"};
  EXPECT_THAT(ParseExportToken(MakeExportToken(good)), edirae::testing::IsOkAndHolds(good));
  const auto refused = [&](void (*spoil)(ExportPlace&)) {
    ExportPlace place = good;
    spoil(place);
    return ErrorInfoOf(ParseExportToken(MakeExportToken(place)).status()).reason() == "BAD_PAGE_TOKEN";
  };
  constexpr int64_t kMost = std::numeric_limits<int64_t>::max();
  EXPECT_TRUE(refused([](ExportPlace& place) { place.event_files = 0; }));
  EXPECT_TRUE(refused([](ExportPlace& place) { place.event_files = kMost; }));
  EXPECT_TRUE(refused([](ExportPlace& place) { place.after_seq = 4; }));
  EXPECT_TRUE(refused([](ExportPlace& place) { place.act_files = kMost; }));
  EXPECT_TRUE(refused([](ExportPlace& place) { place.act_count = -1; }));
  EXPECT_TRUE(refused([](ExportPlace& place) { place.act_count = kMost; }));
  EXPECT_TRUE(refused([](ExportPlace& place) { place.after_act = 9; })) << "nothing is missing";
  EXPECT_TRUE(refused([](ExportPlace& place) { place.after_act = -1; }));
}

}  // namespace
}  // namespace edirae::progress
