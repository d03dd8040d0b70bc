// Time travel as its callers see it: the methods over a ledger that goes on meanwhile.
#include <future>
#include <limits>

#include "absl/strings/str_cat.h"
#include "common/clock/clock.h"
#include "common/metrics/metrics.h"
#include "common/progress_rpc/time_travel_rpc.h"
#include "common/status/error.h"
#include "common/testing/status_matchers.h"
#include "services/progress/adapters/store_ledger.h"
#include "services/progress/adapters/store_time_travel.h"
#include "services/progress/domain/history_digest.h"
#include "services/progress/domain/timestamps.h"
#include "services/progress/limits.h"
#include "services/progress/rpc/time_travel_methods.h"
#include "services/progress/testing/blocking_ledger.h"
#include "services/progress/testing/fake_event_store.h"
#include "services/progress/testing/test_content.h"

namespace edirae::progress {
namespace {

class TimeTravelTest : public ::testing::Test {
 protected:
  TimeTravelTest() {
    content_.Set(TestIndex());
    AddTimeTravelMethods(past_, methods_);
  }

  template <class Response, class Request>
  absl::StatusOr<Response> Call(const char* method, const Request& request) {
    rpc::CallContext context{.principal = caller_, .deadline = clock_.Now() + absl::Seconds(30), .traceparent = ""};
    std::promise<absl::StatusOr<rpc::Bytes>> promise;
    methods_.Dispatch(method, context, request.SerializeAsString(),
                      [&](absl::StatusOr<rpc::Bytes> bytes) { promise.set_value(std::move(bytes)); });
    const absl::StatusOr<rpc::Bytes> bytes = promise.get_future().get();
    if (!bytes.ok()) return bytes.status();
    Response response;
    EXPECT_TRUE(response.ParseFromString(**bytes));
    return response;
  }
  absl::StatusOr<v1::GetStateResponse> StateAt(int64_t seq) {
    v1::GetStateRequest request;
    request.set_roadmap_id("path");
    request.set_as_of_seq(seq);
    return Call<v1::GetStateResponse>(kGetState, request);
  }
  absl::StatusOr<v1::ListEventsResponse> List(const v1::ListEventsRequest& request) {
    return Call<v1::ListEventsResponse>(kListEvents, request);
  }
  void As(const std::string& subject, identity::v1::Role role) {
    caller_.set_subject(subject);
    caller_.set_role(role);
  }

  FakeEventStore store_;
  CurrentContent content_;
  FakeClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  Metrics metrics_;
  StoreLedger ledger_{store_, content_, clock_, metrics_, 64, [] {}};
  StoreTimeTravel past_{store_, content_};
  rpc::MethodTable methods_{"progress.edirae", metrics_};
  identity::v1::Principal caller_ = [] {
    identity::v1::Principal ada;
    ada.set_subject("ada");
    ada.set_role(identity::v1::ROLE_LEARNER);
    return ada;
  }();
};

TEST_F(TimeTravelTest, EveryPlaceIsAnsweredAsItWasAnsweredThen) {
  std::vector<v1::RoadmapProgress> then;
  for (const char* question : {"vectors.q1", "vectors.q2", "matrices.q1", "vectors.q3"}) {
    RecordOne(ledger_, "ada", Answer(absl::StrCat("r", then.size()), question));
    then.push_back(*ReadProgress(ledger_, "ada"));
    clock_.Advance(absl::Minutes(1));
  }
  for (const auto& progress : then) {
    ASSERT_OK_AND_ASSIGN(const auto state, StateAt(progress.as_of_seq()));
    EXPECT_EQ(state.progress().SerializeAsString(), progress.SerializeAsString());
    EXPECT_EQ(state.digest().learner_seq(), progress.as_of_seq());
  }
  EXPECT_EQ(StateAt(0)->digest().digest(), DigestText(0));
  EXPECT_EQ(ErrorInfoOf(StateAt(then.back().as_of_seq() + 1).status()).reason(), "OUT_OF_RANGE");
  EXPECT_EQ(ErrorInfoOf(StateAt(-1).status()).reason(), "OUT_OF_RANGE");
  EXPECT_EQ(ErrorInfoOf(StateAt(-1).status()).metadata().at("field"), "as_of_seq");
  EXPECT_EQ(ErrorInfoOf(StateAt(std::numeric_limits<int64_t>::max()).status()).reason(), "OUT_OF_RANGE");

  v1::GetStateRequest request;
  request.set_roadmap_id("path");
  request.mutable_as_of_time()->set_nanos(-1);
  EXPECT_EQ(ErrorInfoOf(Call<v1::GetStateResponse>(kGetState, request).status()).metadata().at("field"), "as_of_time");
  *request.mutable_as_of_time() = ToProto(absl::FromUnixSeconds(1'800'000'000 + 90));
  EXPECT_EQ(Call<v1::GetStateResponse>(kGetState, request)->digest().learner_seq(), 2);
  request.set_roadmap_id("none");
  EXPECT_EQ(ErrorInfoOf(Call<v1::GetStateResponse>(kGetState, request).status()).reason(), "ROADMAP_NOT_FOUND");
}

TEST_F(TimeTravelTest, EventsAreListedByKindAndTimePageByPage) {
  for (int i = 0; i < 30; ++i) {
    RecordOne(ledger_, "ada",
              i % 3 == 0 ? Review(absl::StrCat("r", i), "vectors.card") : Open(absl::StrCat("r", i), "book"));
    clock_.Advance(absl::Minutes(1));
  }
  v1::ListEventsRequest request;
  request.set_page_size(4);
  request.add_event_types("card_reviewed");
  *request.mutable_start_time() = ToProto(absl::FromUnixSeconds(1'800'000'000 + 60));
  *request.mutable_end_time() = ToProto(absl::FromUnixSeconds(1'800'000'000 + 27 * 60));
  std::vector<int64_t> seqs;
  int pages = 0;
  do {
    ASSERT_OK_AND_ASSIGN(const auto page, List(request));
    EXPECT_LE(page.events_size(), 4);
    for (const auto& event : page.events()) seqs.push_back(event.learner_seq());
    request.set_page_token(page.next_page_token());
    ASSERT_LT(++pages, 10);
  } while (!request.page_token().empty());
  EXPECT_EQ(seqs, (std::vector<int64_t>{4, 7, 10, 13, 16, 19, 22, 25}));

  request.add_event_types("question_asked");
  EXPECT_EQ(ErrorInfoOf(List(request).status()).reason(), "OUT_OF_RANGE");
  request.clear_event_types();
  for (int i = 0; i <= limits::kMaxEventTypes; ++i) request.add_event_types("card_reviewed");
  EXPECT_EQ(ErrorInfoOf(List(request).status()).reason(), "OUT_OF_RANGE");
  request.clear_event_types();
  request.mutable_end_time()->set_seconds(std::numeric_limits<int64_t>::max());
  EXPECT_EQ(ErrorInfoOf(List(request).status()).metadata().at("field"), "end_time");
  v1::ListEventsRequest odd;
  odd.set_page_token("odd");
  EXPECT_EQ(ErrorInfoOf(List(odd).status()).reason(), "BAD_PAGE_TOKEN");
}

TEST_F(TimeTravelTest, APageEndsWhenEnoughWasLookedAtEvenIfNothingWasFound) {
  std::vector<v1::LearnerAction> opened;
  for (int i = 0; i <= limits::kMaxListedScan; ++i) {
    opened.push_back(Open(absl::StrCat("r", i), "book"));
    if (opened.size() < 256 && i < limits::kMaxListedScan) continue;
    ASSERT_OK(Record(ledger_, "ada", opened));
    opened.clear();
  }
  v1::ListEventsRequest request;
  request.add_event_types("stage_passed");
  ASSERT_OK_AND_ASSIGN(const auto first, List(request));
  EXPECT_EQ(first.events_size(), 0);
  request.set_page_token(first.next_page_token());
  ASSERT_OK_AND_ASSIGN(const auto second, List(request));
  EXPECT_EQ(second.next_page_token(), "");
}

TEST_F(TimeTravelTest, ALearnerReadsOnlyTheirOwnAndAnAdministratorEverybodys) {
  RecordOne(ledger_, "bob", Review("r1", "vectors.card"));
  v1::ListEventsRequest request;
  EXPECT_EQ(List(request)->events_size(), 0) << "empty means the caller";
  request.set_learner_id("bob");
  EXPECT_EQ(ErrorInfoOf(List(request).status()).reason(), "OTHER_SUBJECT");
  As("ada", identity::v1::ROLE_AUTHOR);
  EXPECT_EQ(ErrorInfoOf(List(request).status()).reason(), "OTHER_SUBJECT");
  As("root", identity::v1::ROLE_ADMIN);
  EXPECT_EQ(List(request)->events_size(), 1);
  As("service", identity::v1::ROLE_SERVICE);
  EXPECT_EQ(List(request)->events_size(), 1);
  request.clear_learner_id();
  EXPECT_THAT(List(request), edirae::testing::StatusIs(absl::StatusCode::kInvalidArgument)) << "a service is nobody";
}

}  // namespace
}  // namespace edirae::progress
