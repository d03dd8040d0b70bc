#include "gateway/testing/gateway_test.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/rpc/channel.h"
#include "common/rpc/health.h"
#include "common/testing/eventually.h"

namespace edirae::gateway::testing {

using ::edirae::testing::Eventually;

namespace {

rpc::Peer PeerOf(const FakeBackend& backend) { return {.channel = rpc::NewChannel(backend.server().address())}; }

}  // namespace

void GatewayTest::StartGateway(WatchTimes times) {
  progress_.backend().Start({});
  recommend_.Start();
  LaunchGateway(times, catalog_.server().InProcessChannel());
  ASSERT_TRUE(Eventually([this] { return IsReady(); }));
}

void GatewayTest::LaunchGateway(WatchTimes times, std::shared_ptr<grpc::Channel> catalog) {
  GatewaySettings settings;
  settings.server.listen = "127.0.0.1:0";
  settings.server.drain_delay = absl::ZeroDuration();
  settings.token_secret = kTokenSecret;
  settings.service_token = kServiceToken;
  auto gateway = GatewayService::Start(settings, metrics_, clock_,
                                       {.catalog = {.channel = std::move(catalog)},
                                        .progress = PeerOf(progress_.backend()),
                                        .recommend = {PeerOf(recommend_.backend())}},
                                       times);
  ASSERT_TRUE(gateway.ok()) << gateway.status();
  gateway_ = *std::move(gateway);
  stub_ = learn::v1::LearnService::NewStub(rpc::NewClientChannel(gateway_->server().address()));
}

bool GatewayTest::IsReady() {
  return rpc::SaysServing(gateway_->server().InProcessChannel(), rpc::kReadiness, absl::Seconds(1));
}

std::string GatewayTest::Bearer(const std::string& learner_id, absl::Duration life) const {
  return absl::StrCat("Bearer ", MintToken(kTokenSecret, learner_id, life, clock_.Now()).value());
}

double GatewayTest::CounterValue(const std::string& name) const {
  for (const absl::string_view line : absl::StrSplit(metrics_.Text(), '\n')) {
    const std::pair<absl::string_view, absl::string_view> parts = absl::StrSplit(line, absl::MaxSplits(' ', 1));
    double value = 0;
    if (parts.first == name && absl::SimpleAtod(parts.second, &value)) return value;
  }
  return 0;
}

}  // namespace edirae::gateway::testing
