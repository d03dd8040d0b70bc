#ifndef EDIRAE_GATEWAY_TESTING_GATEWAY_TEST_H_
#define EDIRAE_GATEWAY_TESTING_GATEWAY_TEST_H_

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "common/clock/clock.h"
#include "common/metrics/metrics.h"
#include "common/rpc/unary.h"
#include "common/status/error.h"
#include "edirae/learn/v1/learn_service.grpc.pb.h"
#include "gateway/service.h"
#include "gateway/testing/fake_catalog.h"
#include "gateway/testing/fake_progress.h"
#include "gateway/testing/fake_recommend.h"
#include "gateway/testing/sample_revision.h"

namespace edirae::gateway::testing {

inline constexpr char kTokenSecret[] = "token-secret-of-thirty-two-bytes-or-more";

// A test of the whole gateway through its own stub: a real server on a free port, and real servers behind it that
// follow a script.
class GatewayTest : public ::testing::Test {
 protected:
  using Stub = learn::v1::LearnService::Stub;
  template <class Request, class Response>
  using Method = grpc::Status (Stub::*)(grpc::ClientContext*, const Request&, Response*);

  // Starts everything and waits until the gateway is ready.
  void SetUp() override { StartGateway({}); }

  void StartGateway(WatchTimes times);
  // As `StartGateway`, but does not wait. `catalog` may be one that never answers.
  void LaunchGateway(WatchTimes times, std::shared_ptr<grpc::Channel> catalog);
  bool IsReady();

  // An authorization of `learner_id`.
  std::string Bearer(const std::string& learner_id, absl::Duration life = absl::Hours(1)) const;

  // Calls as whoever the authorization says.
  template <class Request, class Response>
  absl::StatusOr<Response> CallWith(const std::string& authorization, Method<Request, Response> method,
                                    const Request& request, absl::Duration timeout = absl::Seconds(10)) {
    grpc::ClientContext context;
    if (!authorization.empty()) context.AddMetadata("authorization", authorization);
    context.set_deadline(absl::ToChronoTime(absl::Now() + timeout));
    Response response;
    const grpc::Status status = ((*stub_).*method)(&context, request, &response);
    if (!status.ok()) return rpc::FromGrpc(status);
    return response;
  }

  // Calls as the learner "ada".
  template <class Request, class Response>
  absl::StatusOr<Response> Call(Method<Request, Response> method, const Request& request) {
    return CallWith(Bearer("ada"), method, request);
  }

  double CounterValue(const std::string& name) const;

  template <class Result>
  static std::string ReasonOf(const absl::StatusOr<Result>& result) {
    return ErrorInfoOf(result.status()).reason();
  }

  FakeClock clock_{absl::Now()};
  Metrics metrics_;
  FakeCatalog catalog_{SampleRevision()};
  FakeProgress progress_;
  FakeRecommend recommend_;
  std::unique_ptr<GatewayService> gateway_;
  std::unique_ptr<Stub> stub_;
};

}  // namespace edirae::gateway::testing

#endif  // EDIRAE_GATEWAY_TESTING_GATEWAY_TEST_H_
