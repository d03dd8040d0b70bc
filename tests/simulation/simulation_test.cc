// The promises that clients get, held through thousands of runs in which everything goes wrong that can.
//
// EDIRAE_SEED=N plays one run again, with the services' log.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <set>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_join.h"
#include "common/log/log.h"
#include "common/testing/seed.h"
#include "common/testing/status_matchers.h"
#include "tests/simulation/world.h"

namespace edirae::simulation {
namespace {

constexpr uint64_t kSeeds = 10'000;
constexpr size_t kFailuresShown = 5;
constexpr uint64_t kSeedsToFindABug = 1'000;

class Simulation : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_OK(log::Configure("simulation", given_ ? "info" : "off")); }
  void TearDown() override { EXPECT_OK(log::Configure("", "info")); }

  const bool given_ = std::getenv("EDIRAE_SEED") != nullptr;
};

TEST_F(Simulation, EveryPromiseIsKeptWhateverFails) {
  const uint64_t first = edirae::testing::Seed();
  const uint64_t count = given_ ? 1 : kSeeds;
  size_t failures = 0;
  for (uint64_t seed = first; seed < first + count && failures < kFailuresShown; ++seed) {
    World world(seed, Bug::kNone);
    const auto& findings = world.Run();
    if (findings.empty()) continue;
    ++failures;
    ADD_FAILURE() << "EDIRAE_SEED=" << seed << "\n  " << absl::StrJoin(findings, "\n  ");
  }
}

TEST_F(Simulation, TheSameSeedIsTheSameRun) {
  std::set<uint64_t> fingerprints;
  for (uint64_t seed = 1; seed <= 50; ++seed) {
    World once(seed, Bug::kNone), again(seed, Bug::kNone);
    once.Run();
    again.Run();
    ASSERT_EQ(once.fingerprint(), again.fingerprint()) << seed;
    fingerprints.insert(once.fingerprint());
  }
  EXPECT_EQ(fingerprints.size(), 50);
}

// The oracle's own test: a mistake that is planted is found, and told for what it is.
void ExpectFound(Bug bug, const std::string& finding) {
  uint64_t seed = 1;
  for (; seed <= kSeedsToFindABug; ++seed) {
    World world(seed, bug);
    for (const std::string& found : world.Run()) {
      if (!absl::StartsWith(found, finding)) continue;
      std::cerr << "found with seed " << seed << ": " << found << "\n";
      return;
    }
  }
  ADD_FAILURE() << "not found in " << kSeedsToFindABug << " runs";
}

TEST_F(Simulation, FindsAnAnswerBeforeTheCommit) { ExpectFound(Bug::kAckBeforeCommit, "acknowledged and lost"); }

TEST_F(Simulation, FindsAnInboxThatGoesByTheStreamsSequence) {
  ExpectFound(Bug::kInboxByStreamSequence, "the consumer is at");
}

TEST_F(Simulation, FindsPlacesThatMeanAnotherStream) { ExpectFound(Bug::kPlacesWithoutMarks, "the consumer is at"); }

TEST_F(Simulation, FindsAnOutboxThatForgetsWhatItHasSent) { ExpectFound(Bug::kDeleteOnPublish, "the stream lacks"); }

}  // namespace
}  // namespace edirae::simulation
