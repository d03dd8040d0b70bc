#include <thread>

#include "absl/strings/str_cat.h"
#include "common/testing/eventually.h"
#include "common/testing/status_matchers.h"
#include "gateway/limits.h"
#include "gateway/testing/gateway_test.h"
#include "grpcpp/create_channel.h"

// Live homes.
namespace edirae::gateway {
namespace {

using ::edirae::testing::Eventually;
using ::edirae::testing::StatusIs;
using learn::v1::WatchHomeRequest;
using learn::v1::WatchHomeResponse;

// One client's watch, which fails by itself after a while.
class Watcher {
 public:
  Watcher(learn::v1::LearnService::Stub& stub, const std::string& authorization, const std::string& resume_token = "",
          const std::string& roadmap_id = "ml") {
    WatchHomeRequest request;
    request.set_roadmap_id(roadmap_id);
    request.set_resume_token(resume_token);
    context_.AddMetadata("authorization", authorization);
    context_.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(50)));
    reader_ = stub.WatchHome(&context_, request);
  }
  ~Watcher() {
    context_.TryCancel();
    WatchHomeResponse rest;
    while (reader_->Read(&rest)) {
    }
    if (!finished_) reader_->Finish();
  }

  WatchHomeResponse Next() {
    WatchHomeResponse response;
    EXPECT_TRUE(reader_->Read(&response)) << "the watch has ended";
    return response;
  }

  // Nothing when the watch has ended.
  WatchHomeResponse Peek() {
    WatchHomeResponse response;
    if (!reader_->Read(&response)) response.Clear();
    return response;
  }

  // Reads until a home as of this place comes.
  WatchHomeResponse NextAsOf(int64_t as_of_seq) {
    WatchHomeResponse response;
    while (reader_->Read(&response)) {
      if (response.home().progress().as_of_seq() >= as_of_seq) return response;
    }
    ADD_FAILURE() << "the watch ended before " << as_of_seq;
    return response;
  }

  absl::Status End() {
    WatchHomeResponse rest;
    while (reader_->Read(&rest)) {
    }
    finished_ = true;
    return rpc::FromGrpc(reader_->Finish());
  }

 private:
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReader<WatchHomeResponse>> reader_;
  bool finished_ = false;
};

class GatewayWatch : public testing::GatewayTest {
 protected:
  static std::string EndOf(Watcher& watcher) { return ErrorInfoOf(watcher.End()).reason(); }

  // What happens when the learner does something: progress knows, then recommend says so.
  void Happen(int64_t as_of_seq) {
    progress_.StandAt(as_of_seq);
    recommend_.Push(as_of_seq);
  }
};

TEST_F(GatewayWatch, SendsTheHomeNowAndAfterEachChange) {
  Watcher watcher(*stub_, Bearer("ada"));
  const WatchHomeResponse first = watcher.Next();
  EXPECT_EQ(first.home().progress().learner_id(), "ada");
  EXPECT_EQ(first.home().progress().as_of_seq(), 1);
  EXPECT_EQ(first.home().next_steps().as_of_seq(), 1);
  EXPECT_FALSE(first.resume_token().empty());
  for (int seq = 2; seq < 10; ++seq) {
    Happen(seq);
    const WatchHomeResponse response = watcher.Next();
    EXPECT_EQ(response.home().progress().as_of_seq(), seq);
    EXPECT_EQ(response.home().next_steps().as_of_seq(), seq);
  }
}

TEST_F(GatewayWatch, WatchesRecommendAsTheLearner) {
  Watcher watcher(*stub_, Bearer("ada"));
  watcher.Next();
  ASSERT_EQ(recommend_.watchers().size(), 1u);
  EXPECT_EQ(recommend_.watchers()[0].subject(), "ada");
  EXPECT_EQ(recommend_.watchers()[0].role(), identity::v1::ROLE_LEARNER);
}

TEST_F(GatewayWatch, SendsNothingAgainThatWasSeen) {
  std::string token;
  {
    Watcher watcher(*stub_, Bearer("ada"));
    WatchHomeResponse seen = watcher.Next();
    while (!seen.home().has_next_steps()) seen = watcher.Next();  // recommend may be later than progress
    token = seen.resume_token();
  }
  Watcher watcher(*stub_, Bearer("ada"), token);
  ASSERT_TRUE(Eventually([this] { return progress_.lookups() >= 2; }));
  Happen(2);
  WatchHomeResponse next = watcher.Next();
  EXPECT_NE(next.resume_token(), token);
  EXPECT_EQ(next.home().next_steps().as_of_seq(), 2);
  if (next.home().progress().as_of_seq() < 2) next = watcher.Next();  // it was looked up just before
  EXPECT_EQ(next.home().progress().as_of_seq(), 2);
}

TEST_F(GatewayWatch, ResumesWithWhatHappenedMeanwhile) {
  std::string token;
  {
    Watcher watcher(*stub_, Bearer("ada"));
    token = watcher.Next().resume_token();
  }
  Happen(5);
  Watcher watcher(*stub_, Bearer("ada"), token);
  EXPECT_EQ(watcher.Next().home().progress().as_of_seq(), 5);
}

TEST_F(GatewayWatch, RefusesTokensOfOthers) {
  std::string token;
  {
    Watcher watcher(*stub_, Bearer("ada"));
    token = watcher.Next().resume_token();
  }
  Watcher bob(*stub_, Bearer("bob"), token);
  EXPECT_EQ(EndOf(bob), "RESUME_TOKEN_INVALID");
  Watcher garbage(*stub_, Bearer("ada"), "garbage");
  EXPECT_EQ(EndOf(garbage), "RESUME_TOKEN_INVALID");
}

TEST_F(GatewayWatch, WaitsForAProgressThatIsBehind) {
  progress_.StandAt(8);
  Watcher watcher(*stub_, Bearer("ada"));
  EXPECT_EQ(watcher.Next().home().progress().as_of_seq(), 8);
  progress_.StandAt(7);
  recommend_.Push(9);
  const int lookups = progress_.lookups();
  ASSERT_TRUE(Eventually([&] { return progress_.lookups() >= lookups + 2; }));
  progress_.StandAt(9);
  const WatchHomeResponse next = watcher.Next();
  EXPECT_EQ(next.home().progress().as_of_seq(), 9);
  EXPECT_EQ(next.home().next_steps().as_of_seq(), 9);
}

// As after an erasure, or when the ledger was restored from a backup.
TEST_F(GatewayWatch, BeginsAnewWithAnotherHistory) {
  Happen(8);
  Watcher watcher(*stub_, Bearer("ada"));
  const WatchHomeResponse before = watcher.Next();
  EXPECT_EQ(before.home().progress().as_of_seq(), 8);
  Happen(1);
  const WatchHomeResponse after = watcher.Next();
  EXPECT_EQ(after.home().progress().as_of_seq(), 1);
  EXPECT_EQ(after.home().next_steps().as_of_seq(), 1);
  Happen(2);
  EXPECT_EQ(watcher.Next().home().progress().as_of_seq(), 2);
  Watcher late(*stub_, Bearer("ada"), before.resume_token());
  EXPECT_EQ(late.Next().home().progress().as_of_seq(), 2) << "by a token of the history before";
}

TEST_F(GatewayWatch, ShowsNoNextStepsOfTheHistoryBefore) {
  Happen(8);
  Watcher watcher(*stub_, Bearer("ada"));
  watcher.Next();
  progress_.StandAt(1);
  recommend_.Push(8);  // it has not heard yet
  const WatchHomeResponse begun = watcher.Next();
  EXPECT_EQ(begun.home().progress().as_of_seq(), 1);
  EXPECT_FALSE(begun.home().has_next_steps());
  recommend_.Push(1);
  EXPECT_EQ(watcher.Next().home().next_steps().as_of_seq(), 1);
}

TEST_F(GatewayWatch, GoesOnWhenProgressComesBack) {
  Watcher watcher(*stub_, Bearer("ada"));
  watcher.Next();
  progress_.FailLookups(absl::UnavailableError("away"));
  const int lookups = progress_.lookups();
  Happen(2);
  ASSERT_TRUE(Eventually([&] { return progress_.lookups() >= lookups + 2; }));
  progress_.FailLookups(absl::OkStatus());
  EXPECT_EQ(watcher.Next().home().progress().as_of_seq(), 2);
}

TEST_F(GatewayWatch, EndsWhenThereIsNoSuchRoadmap) {
  progress_.FailLookups(MakeError(absl::StatusCode::kNotFound, "ROADMAP_NOT_FOUND", "no such roadmap"));
  Watcher watcher(*stub_, Bearer("ada"));
  EXPECT_EQ(EndOf(watcher), "ROADMAP_NOT_FOUND");
}

TEST_F(GatewayWatch, AnUnknownRoadmapNeedsNoOtherServiceToBeRefused) {
  Watcher watcher(*stub_, Bearer("ada"), "", "no-such-roadmap");
  EXPECT_EQ(EndOf(watcher), "ROADMAP_NOT_FOUND");
  EXPECT_EQ(progress_.lookups(), 0);
}

TEST_F(GatewayWatch, GoesOnWhenRecommendComesBack) {
  Watcher watcher(*stub_, Bearer("ada"));
  watcher.Next();
  const int port = std::stoi(recommend_.backend().server().address().substr(10));
  recommend_.backend().Kill();
  Happen(2);
  recommend_.Start(true, port);
  EXPECT_EQ(watcher.NextAsOf(2).home().next_steps().as_of_seq(), 2);
  EXPECT_EQ(recommend_.watch_requests().back().resume_token(), "seen-1");
}

TEST_F(GatewayWatch, StartsWithoutNextStepsWhenRecommendIsAway) {
  recommend_.backend().Kill();
  Watcher watcher(*stub_, Bearer("ada"));
  const WatchHomeResponse first = watcher.Next();
  EXPECT_TRUE(first.home().has_progress());
  EXPECT_FALSE(first.home().has_next_steps());
}

TEST_F(GatewayWatch, SlowReaderGetsTheNewestHomeAndNotAll) {
  grpc::ChannelArguments narrow;  // so that little is under way to a reader that does not read
  narrow.SetInt(GRPC_ARG_HTTP2_BDP_PROBE, 0);
  narrow.SetInt(GRPC_ARG_HTTP2_STREAM_LOOKAHEAD_BYTES, 64 * 1024);
  const auto stub = learn::v1::LearnService::NewStub(
      grpc::CreateCustomChannel(gateway_->server().address(), grpc::InsecureChannelCredentials(), narrow));
  Watcher watcher(*stub, Bearer("ada"));
  watcher.Next();
  constexpr int kChanges = 300;
  for (int seq = 2; seq <= kChanges; ++seq) {
    // A look-up for each change, so that it is the stream that leaves homes out.
    const int lookups = progress_.lookups();
    Happen(seq);
    ASSERT_TRUE(Eventually([&] { return progress_.lookups() > lookups; }));
  }
  int homes = 0;
  int64_t last = 1;
  while (last < kChanges) {
    const int64_t seq = watcher.Next().home().progress().as_of_seq();
    ASSERT_GE(seq, last);
    last = seq;
    ++homes;
  }
  EXPECT_LT(homes, kChanges / 2);
}

TEST_F(GatewayWatch, StopsWatchingRecommendWhenTheClientGoes) {
  {
    Watcher watcher(*stub_, Bearer("ada"));
    watcher.Next();
    EXPECT_EQ(recommend_.watches(), 1);
  }
  EXPECT_TRUE(Eventually([this] { return recommend_.watches() == 0; }));
  EXPECT_TRUE(Eventually([this] { return CounterValue("edirae_gateway_home_watches") == 0; }));
}

TEST_F(GatewayWatch, ALearnerHasOnlySoManyWatches) {
  std::vector<std::unique_ptr<Watcher>> watchers;
  for (int i = 0; i < limits::kMaxWatchersPerLearner; ++i) {
    watchers.push_back(std::make_unique<Watcher>(*stub_, Bearer("ada")));
    watchers.back()->Next();
  }
  Watcher refused(*stub_, Bearer("ada"));
  EXPECT_EQ(EndOf(refused), "TOO_MANY_WATCHERS");
  Watcher other(*stub_, Bearer("bob"));
  other.Next();
  watchers.pop_back();
  EXPECT_TRUE(Eventually([this] {
    Watcher again(*stub_, Bearer("ada"));
    WatchHomeResponse response = again.Peek();
    return response.has_home();
  }));
}

TEST_F(GatewayWatch, EndsWhenTheServerStops) {
  Watcher watcher(*stub_, Bearer("ada"));
  watcher.Next();
  std::thread stop([this] { gateway_->Stop(); });
  EXPECT_EQ(EndOf(watcher), "STOPPING");
  stop.join();
}

TEST_F(GatewayWatch, CallsDuringTheStopAreToldWhy) {
  progress_.HoldWrites();
  std::thread write([this] {
    learn::v1::OpenResourceRequest request;
    request.set_request_id("r-1");
    request.set_resource_id("stage-one");
    EXPECT_OK(Call(&Stub::OpenResource, request)) << "what was under way is answered";
  });
  ASSERT_TRUE(Eventually([this] { return progress_.held() == 1; }));
  Watcher watcher(*stub_, Bearer("ada"));
  watcher.Next();
  std::thread stop([this] { gateway_->Stop(); });
  EXPECT_EQ(EndOf(watcher), "STOPPING");
  Watcher again(*stub_, Bearer("ada"));
  EXPECT_EQ(EndOf(again), "STOPPING");
  learn::v1::GetHomeRequest home;
  home.set_roadmap_id("ml");
  const auto refused = Call(&Stub::GetHome, home);
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_EQ(ReasonOf(refused), "STOPPING");
  progress_.Release();
  write.join();
  stop.join();
}

TEST_F(GatewayWatch, EndsWhenItsTokenExpires) {
  const absl::Time start = absl::Now();
  Watcher watcher(*stub_, Bearer("ada", absl::Seconds(3)));
  watcher.Next();
  Watcher patient(*stub_, Bearer("bob"));
  patient.Next();
  const absl::Status end = watcher.End();
  EXPECT_THAT(end, StatusIs(absl::StatusCode::kUnauthenticated));
  EXPECT_EQ(ErrorInfoOf(end).reason(), "TOKEN_EXPIRED");
  // Of three, which began before the platform did; and a token counts whole seconds.
  EXPECT_GE(absl::Now() - start, absl::Seconds(1));
  Happen(2);
  EXPECT_EQ(patient.Next().home().progress().as_of_seq(), 2);
}

class GatewayWatchTimes : public GatewayWatch {
 protected:
  void SetUp() override { StartGateway({.heartbeat = absl::Milliseconds(50), .max_age = absl::Milliseconds(400)}); }
};

TEST_F(GatewayWatchTimes, BeatsWhileThereIsNoNewsAndEndsWhenTooOld) {
  const absl::Time start = absl::Now();
  Watcher watcher(*stub_, Bearer("ada"));
  const std::string token = watcher.Next().resume_token();
  for (int i = 0; i < 3; ++i) {
    const WatchHomeResponse beat = watcher.Next();
    EXPECT_TRUE(beat.has_heartbeat());
    EXPECT_EQ(beat.resume_token(), token);
  }
  EXPECT_EQ(EndOf(watcher), "WATCH_TOO_OLD");
  EXPECT_GE(absl::Now() - start, absl::Milliseconds(400));
}

}  // namespace
}  // namespace edirae::gateway
