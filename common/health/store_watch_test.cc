#include "common/health/store_watch.h"

#include <atomic>

#include "common/testing/eventually.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace edirae::health {
namespace {

using edirae::testing::Eventually;

TEST(StoreWatch, TellsOfEachChangeOnceAndSetsTheGauge) {
  std::atomic<absl::StatusCode> state = absl::StatusCode::kOk;
  std::atomic<int> probes = 0;
  std::atomic<int> losses = 0;
  std::atomic<int> returns = 0;
  prometheus::Gauge up;
  const StoreWatch watch({.probe =
                              [&] {
                                ++probes;
                                return absl::Status(state, "because");
                              },
                          .on_change = [&](const absl::Status& status) { status.ok() ? ++returns : ++losses; },
                          .up = &up,
                          .period = absl::Milliseconds(1)});
  const auto after_some_probes = [&] {
    const int before = probes;
    return Eventually([&] { return probes > before + 3; });
  };
  ASSERT_TRUE(after_some_probes());
  EXPECT_EQ(returns, 1) << "the first look is told";
  EXPECT_EQ(up.Value(), 1);
  state = absl::StatusCode::kResourceExhausted;
  ASSERT_TRUE(after_some_probes());
  EXPECT_EQ(losses, 1);
  EXPECT_EQ(up.Value(), 0);
  state = absl::StatusCode::kOk;
  ASSERT_TRUE(after_some_probes());
  EXPECT_EQ(returns, 2);
  EXPECT_EQ(up.Value(), 1);
}

}  // namespace
}  // namespace edirae::health
