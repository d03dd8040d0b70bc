#include <functional>
#include <memory>
#include <random>
#include <string>

#include "absl/strings/str_cat.h"
#include "bench/load/histogram.h"
#include "bench/measure/figures.h"
#include "bench/measure/measurements.h"
#include "bench/measure/open_ledger.h"
#include "bench/measure/recorded_answers.h"
#include "bench/platform/rest.h"
#include "common/status/macros.h"

namespace edirae::bench {
namespace {

constexpr RecordedClass kSmallClass{.learners = 1000, .events_each = 1};
constexpr RecordedClass kLargeClass{.learners = 1'000'000, .events_each = 1};
constexpr RecordedClass kShortHistories{.learners = 1000, .events_each = 100};
constexpr RecordedClass kLongHistory{.first_learner = 1000, .learners = 1, .events_each = 100'000};
// So many that the index moves from memory to its files at least once, which is part of what an event costs.
constexpr int64_t kSittings = 4500;
constexpr double kReadMicros = 100;
constexpr double kAllowedOfLongHistory = 1.1;

// A learner of the class, another each time. The same ones in every run.
std::function<std::string(int64_t)> SomebodyOf(const RecordedClass& recorded) {
  return [recorded, random = std::mt19937_64(1)](int64_t /*turn*/) mutable {
    return RecordedLearner(recorded.first_learner +
                           static_cast<int64_t>(random() % static_cast<uint64_t>(recorded.learners)));
  };
}

absl::StatusOr<std::unique_ptr<OpenLedger>> LedgerOf(const Conditions& conditions, const std::string& what,
                                                     const RecordedClass& recorded) {
  EDIRAE_ASSIGN_OR_RETURN(auto ledger, OpenLedger::Make());
  EDIRAE_RETURN_IF_ERROR(RecordClass(conditions, what, recorded, ledger->store()));
  EDIRAE_RETURN_IF_ERROR(WaitForOwnRest(kRestPatience, conditions.interrupt));
  return ledger;
}

absl::StatusOr<double> MedianRead(const Conditions& conditions, OpenLedger& ledger) {
  const auto somebody = SomebodyOf(kLargeClass);
  Histogram times;
  absl::Duration all;
  while (all < conditions.window) {
    EDIRAE_RETURN_IF_ERROR(conditions.interrupt.Check());
    EDIRAE_ASSIGN_OR_RETURN(const absl::Duration took, ledger.TimeRead(somebody(0)));
    times.Record(took);
    all += took;
  }
  return Micros(times.Quantile(0.5));
}

// With everybody's state in memory, as it is after a while.
absl::StatusOr<double> CostWithFew(const Conditions& conditions) {
  EDIRAE_ASSIGN_OR_RETURN(const auto ledger, LedgerOf(conditions, "a ledger of 1,000 learners", kSmallClass));
  for (int64_t i = 0; i < kSmallClass.learners; ++i) {
    EDIRAE_RETURN_IF_ERROR(ledger->TimeRead(RecordedLearner(i)).status());
  }
  conditions.progress.Show("event_cost_1m_ratio: 1,000 learners");
  EDIRAE_ASSIGN_OR_RETURN(const absl::Duration cost,
                          ledger->CostOfSittings(kSittings, SomebodyOf(kSmallClass), conditions.interrupt));
  return Micros(cost);
}

}  // namespace

absl::Status MeasureManyLearners(const Conditions& conditions, Results& results) {
  EDIRAE_ASSIGN_OR_RETURN(const double of_few, CostWithFew(conditions));
  EDIRAE_ASSIGN_OR_RETURN(const auto ledger, LedgerOf(conditions, "a ledger of 1,000,000 learners", kLargeClass));
  conditions.progress.Show("state_read_p50_us");
  EDIRAE_ASSIGN_OR_RETURN(const double read, MedianRead(conditions, *ledger));
  results.push_back({.name = "state_read_p50_us", .value = read, .unit = "us", .limit = kReadMicros, .most = 1});
  conditions.progress.Show("event_cost_1m_ratio: 1,000,000 learners");
  EDIRAE_ASSIGN_OR_RETURN(const absl::Duration of_many,
                          ledger->CostOfSittings(kSittings, SomebodyOf(kLargeClass), conditions.interrupt));
  results.push_back({.name = "event_cost_1m_ratio",
                     .value = Micros(of_many),
                     .unit = "us/event",
                     .limit = of_few,
                     .most = kAllowedGrowth});
  return absl::OkStatus();
}

absl::Status MeasureLongHistory(const Conditions& conditions, Results& results) {
  EDIRAE_ASSIGN_OR_RETURN(const auto ledger, LedgerOf(conditions, "short histories", kShortHistories));
  EDIRAE_RETURN_IF_ERROR(RecordClass(conditions, "a long history", kLongHistory, ledger->store()));
  EDIRAE_RETURN_IF_ERROR(ledger->TimeRead(RecordedLearner(kLongHistory.first_learner)).status());
  for (int64_t i = 0; i < kShortHistories.learners; ++i) {
    EDIRAE_RETURN_IF_ERROR(ledger->TimeRead(RecordedLearner(i)).status());
  }
  EDIRAE_RETURN_IF_ERROR(WaitForOwnRest(kRestPatience, conditions.interrupt));
  conditions.progress.Show("long_history_ratio: 100 events");
  EDIRAE_ASSIGN_OR_RETURN(const absl::Duration of_short,
                          ledger->CostOfSittings(kSittings, SomebodyOf(kShortHistories), conditions.interrupt));
  conditions.progress.Show("long_history_ratio: 100,000 events");
  EDIRAE_ASSIGN_OR_RETURN(const absl::Duration of_long,
                          ledger->CostOfSittings(
                              kSittings, [](int64_t /*turn*/) { return RecordedLearner(kLongHistory.first_learner); },
                              conditions.interrupt));
  results.push_back({.name = "long_history_ratio",
                     .value = Micros(of_long),
                     .unit = "us/event",
                     .limit = Micros(of_short),
                     .most = kAllowedOfLongHistory});
  return absl::OkStatus();
}

}  // namespace edirae::bench
