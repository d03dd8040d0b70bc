#include "bench/suite.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/testing/status_matchers.h"

namespace edirae::bench {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

TEST(Suite, KnowsTheNamesThatProgramsLookFor) {
  EXPECT_OK(
      CheckNames({"catalog_read", "home_split", "home_one", "durable_answer", "durable_batch", "freshness_p99_ms",
                  "catalog_load_s", "catalog_load_memory_ratio", "catalog_get_concept_ratio", "progress_answer_100",
                  "ledger_answer_100", "relay_publish", "catch_up", "state_read_p50_us", "event_cost_1m_ratio",
                  "long_history_ratio", "change_p99_ms", "disk_full_refusal_ms", "disk_full_resume_ms"}));
  EXPECT_OK(CheckNames({"restart_1m_s", "apply_1m_ratio"}));
}

TEST(Suite, NamesWhatItDoesNotKnowAndWhatThereIs) {
  EXPECT_THAT(CheckNames({"home_split", "hoem_one"}),
              testing::StatusIs(absl::StatusCode::kInvalidArgument,
                                AllOf(HasSubstr("nothing is called hoem_one;"), HasSubstr("home_one"))));
}

TEST(Suite, GoesOnWhenThePlatformCannotStart) {
  const Interrupt interrupt;
  ProgressLine progress;
  const Conditions conditions{
      .window = absl::Milliseconds(50), .concurrency = 2, .interrupt = interrupt, .progress = progress};
  const SuiteOptions options{
      .only = {"sqlite_commit", "catalog_read", "home_one"}, .programs = "/nonexistent", .content = "/nonexistent"};
  const SuiteOutcome outcome = RunSuite(options, conditions);
  ASSERT_EQ(outcome.results.size(), 1);
  EXPECT_EQ(outcome.results[0].name, "sqlite_commit");
  EXPECT_GT(outcome.results[0].value, 0);
  ASSERT_EQ(outcome.failures.size(), 2);
  EXPECT_THAT(outcome.failures[0], HasSubstr("catalog_read"));
  EXPECT_THAT(outcome.failures[1], HasSubstr("home_one"));
}

TEST(Suite, StopsWhenInterrupted) {
  Interrupt interrupt;
  interrupt.Raise();
  ProgressLine progress;
  const Conditions conditions{
      .window = absl::Minutes(10), .concurrency = 2, .interrupt = interrupt, .progress = progress};
  const SuiteOutcome outcome = RunSuite({.only = {"sqlite_commit"}}, conditions);
  EXPECT_TRUE(outcome.results.empty());
  EXPECT_EQ(outcome.failures.size(), 1);
}

}  // namespace
}  // namespace edirae::bench
