#include "common/metrics/metrics.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace edirae {
namespace {

using ::testing::HasSubstr;

TEST(Metrics, TheSameNameAndLabelsAreTheSameMetric) {
  Metrics metrics;
  metrics.Counter("edirae_things_total", "Things.", {{"kind", "a"}}).Increment();
  metrics.Counter("edirae_things_total", "Things.", {{"kind", "a"}}).Increment();
  EXPECT_THAT(metrics.Text(), HasSubstr("edirae_things_total{kind=\"a\"} 2"));
}

TEST(Metrics, LatenciesAreInSeconds) {
  Metrics metrics;
  metrics.LatencyHistogram("edirae_wait_seconds", "Waiting.").Observe(0.002);
  EXPECT_THAT(metrics.Text(), HasSubstr("edirae_wait_seconds_bucket{le=\"0.0025\"} 1"));
}

TEST(Metrics, RefusesAnAddressThatCannotBeBound) {
  Metrics metrics;
  EXPECT_FALSE(metrics.Serve("256.0.0.1:7999").ok());
}

}  // namespace
}  // namespace edirae
