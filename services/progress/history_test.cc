// What callers of progress can do with a history as a whole.
#include "edirae/progress/v1/history_service.pb.h"
#include "services/progress/rpc/history_methods.h"
#include "services/progress/testing/service_fixture.h"

namespace edirae::progress {
namespace {

using edirae::testing::Eventually;
using edirae::testing::StatusIs;

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

}  // namespace
}  // namespace edirae::progress
