#ifndef EDIRAE_SERVICES_RECOMMEND_TESTING_SERVICE_FIXTURE_H_
#define EDIRAE_SERVICES_RECOMMEND_TESTING_SERVICE_FIXTURE_H_

#include <memory>
#include <string>
#include <vector>

#include "common/clock/clock.h"
#include "common/metrics/metrics.h"
#include "common/nats/async_publisher.h"
#include "common/testing/nats_fixture.h"
#include "common/testing/status_matchers.h"
#include "services/recommend/service.h"
#include "services/recommend/testing/fake_upstreams.h"
#include "services/recommend/testing/sample.h"
#include "services/recommend/testing/watch_recorder.h"

namespace edirae::recommend::testing {

// The real service with a real nats-server, a fake catalog that has published the sample, and a fake ledger.
class ServiceFixture : public edirae::testing::NatsFixture {
 protected:
  void SetUp() override;
  void TearDown() override;

  RecommendSettings Settings() const;
  // (Re)starts the service on its data folder and waits until it answers.
  void StartService();
  void StopService();
  void DropData();

  // What progress does.
  void CreateStream();
  void DeleteStream();
  void Publish(const std::vector<events::v1::LearnerEvent>& events);
  void PublishRaw(const std::string& payload);

  // A call as a learner makes it through the gateway; as the service itself when `learner_id` is empty.
  static std::unique_ptr<grpc::ClientContext> ContextFor(const std::string& learner_id);
  absl::StatusOr<v1::NextSteps> Suggest(const std::string& learner_id, const std::string& as = "", int max = 0,
                                        const std::string& roadmap_id = "maths");
  std::unique_ptr<WatchRecorder> Watch(const std::string& learner_id, const std::string& as = "",
                                       const std::string& resume_token = "");
  // Waits until the learner's history is reflected up to `seq`.
  bool Reaches(const std::string& learner_id, int64_t seq, absl::Duration timeout = absl::Seconds(20));
  // The steps that follow from a history, by the policy alone.
  v1::NextSteps Expected(const History& history) const;
  // A counter's value in the service's metrics.
  double Metric(const std::string& name) const;

  FakeClock clock_{Noon() + absl::Hours(24 * 365)};
  FakeCatalog catalog_;
  FakeProgress progress_;
  std::unique_ptr<Metrics> metrics_;
  std::unique_ptr<RecommendService> service_;
  std::unique_ptr<v1::RecommendService::Stub> stub_;
  std::unique_ptr<nats::Connection> connection_;
};

}  // namespace edirae::recommend::testing

#endif  // EDIRAE_SERVICES_RECOMMEND_TESTING_SERVICE_FIXTURE_H_
