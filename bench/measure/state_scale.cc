#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "bench/load/histogram.h"
#include "bench/measure/figures.h"
#include "bench/measure/measurements.h"
#include "bench/measure/open_states.h"
#include "bench/measure/processor_time.h"
#include "bench/measure/recorded_answers.h"
#include "common/status/macros.h"
#include "services/recommend/limits.h"

namespace edirae::bench {
namespace {

constexpr int64_t kFewLearners = 1000;
constexpr int64_t kMillionConcepts = 1'000'000 / kRecordedConcepts;  // learners who have as many together
constexpr int64_t kManyLearners = 1'000'000;
constexpr auto kLive = static_cast<int64_t>(recommend::limits::kMaxLiveLearners);
// More than are kept, so that those who come push others out.
constexpr int64_t kBrought = 2 * kLive;
// Of those who came last: no part of the memory has pushed them out.
constexpr int64_t kSurelyLive = kLive / 2;
constexpr int64_t kWarmSuggestions = 20'000;
constexpr int64_t kColdSuggestions = 500;
constexpr int kWaves = 5;
constexpr int kRoundsOfSaves = 5;
constexpr double kRestartSeconds = 1;

absl::Status BringAll(const Conditions& conditions, OpenStates& states, int64_t first, int64_t end) {
  for (int64_t learner = first; learner < end; ++learner) {
    EDIRAE_RETURN_IF_ERROR(conditions.interrupt.Check());
    EDIRAE_RETURN_IF_ERROR(states.Bring(learner));
  }
  return absl::OkStatus();
}

// Median of the learners from `first` on, in turn.
absl::StatusOr<double> MedianSuggest(const Conditions& conditions, OpenStates& states, int64_t first, int64_t learners,
                                     int64_t count) {
  Histogram times;
  for (int64_t i = 0; i < count; ++i) {
    EDIRAE_RETURN_IF_ERROR(conditions.interrupt.Check());
    EDIRAE_ASSIGN_OR_RETURN(const absl::Duration took, states.TimeSuggest(first + i % learners));
    times.Record(took);
  }
  return Micros(times.Quantile(0.5));
}

// What is to stay the same however many learners there are, in microseconds.
struct Costs {
  double suggest = 0;
  double apply = 0;  // an event
  double save = 0;   // a state
};

// `live`: so many from `first` on are in memory.
absl::StatusOr<Costs> MeasureCosts(const Conditions& conditions, OpenStates& states, int64_t first, int64_t live) {
  const std::string with = absl::StrCat(" with ", states.learners(), " learners");
  Costs costs;
  conditions.progress.Show(absl::StrCat("suggestions", with));
  EDIRAE_ASSIGN_OR_RETURN(costs.suggest, MedianSuggest(conditions, states, first, live, kWarmSuggestions));
  conditions.progress.Show(absl::StrCat("applying events", with));
  EDIRAE_ASSIGN_OR_RETURN(const absl::Duration apply, states.CostOfSittings(kWaves, conditions.interrupt));
  conditions.progress.Show(absl::StrCat("saving states", with));
  EDIRAE_ASSIGN_OR_RETURN(const absl::Duration save, states.CostOfSaves(kRoundsOfSaves, conditions.interrupt));
  costs.apply = Micros(apply);
  costs.save = Micros(save);
  return costs;
}

absl::StatusOr<Costs> CostsWithFew(const Conditions& conditions, OpenStates& states) {
  EDIRAE_RETURN_IF_ERROR(states.GrowTo(conditions, "checkpoints", kFewLearners));
  EDIRAE_RETURN_IF_ERROR(BringAll(conditions, states, 0, kFewLearners));
  return MeasureCosts(conditions, states, 0, kFewLearners);
}

void AddFigure(const std::string& name, double value, const std::string& unit, Results& results) {
  results.push_back({.name = name, .value = value, .unit = unit, .limit = value});
}

absl::Status MeasureLoad(const Conditions& conditions, OpenStates& states, Results& results) {
  EDIRAE_RETURN_IF_ERROR(states.GrowTo(conditions, "checkpoints", kMillionConcepts));
  conditions.progress.Show("reading 1,000,000 learner-concepts");
  const absl::Duration processor_before = ProcessorTime();
  const absl::Time start = absl::Now();
  EDIRAE_RETURN_IF_ERROR(BringAll(conditions, states, 0, kMillionConcepts));
  const absl::Duration took = absl::Now() - start;
  const absl::Duration processor = ProcessorTime() - processor_before;
  results.push_back({.name = "restart_load_1m_s",
                     .value = absl::ToDoubleSeconds(took),
                     .unit = "s",
                     .limit = kRestartSeconds,
                     .most = 1});
  AddFigure("restart_load_1m_processor_s", absl::ToDoubleSeconds(processor), "s", results);
  return absl::OkStatus();
}

// Leaves the memory filled with learners, of whom those before kBrought were the last to come.
absl::Status MeasureMemory(const Conditions& conditions, OpenStates& states, Results& results) {
  conditions.progress.Show("filling the memory");
  EDIRAE_ASSIGN_OR_RETURN(const double live, states.LiveMegabytes(kBrought));
  EDIRAE_RETURN_IF_ERROR(BringAll(conditions, states, 0, kBrought));
  EDIRAE_ASSIGN_OR_RETURN(const int64_t bytes, states.FileBytes());
  AddFigure("live_states_mb", live, "MB", results);
  AddFigure("state_concept_bytes", live * kMegabyte / static_cast<double>(kLive * kRecordedConcepts), "bytes", results);
  AddFigure("saved_states_mb", static_cast<double>(bytes) / kMegabyte, "MB", results);
  AddFigure("saved_concept_bytes",
            static_cast<double>(bytes) / static_cast<double>(states.learners() * kRecordedConcepts), "bytes", results);
  return absl::OkStatus();
}

void AddGrowth(const std::string& name, double of_many, double of_few, const std::string& unit, Results& results) {
  results.push_back({.name = name, .value = of_many, .unit = unit, .limit = of_few, .most = kAllowedGrowth});
}

}  // namespace

absl::Status MeasureStateScale(const Conditions& conditions, Results& results) {
  EDIRAE_ASSIGN_OR_RETURN(const auto states, OpenStates::Make());
  EDIRAE_RETURN_IF_ERROR(states->CheckRoom(kManyLearners));
  EDIRAE_ASSIGN_OR_RETURN(const Costs few, CostsWithFew(conditions, *states));
  EDIRAE_RETURN_IF_ERROR(MeasureLoad(conditions, *states, results));

  EDIRAE_RETURN_IF_ERROR(states->GrowTo(conditions, "checkpoints", kManyLearners));
  EDIRAE_ASSIGN_OR_RETURN(const absl::Duration restart, states->TimeRestart(kManyLearners / 2));
  results.push_back({.name = "restart_1m_s",
                     .value = absl::ToDoubleSeconds(restart),
                     .unit = "s",
                     .limit = kRestartSeconds,
                     .most = 1});
  EDIRAE_ASSIGN_OR_RETURN(
      const double cold, MedianSuggest(conditions, *states, kManyLearners / 2 + 1, kColdSuggestions, kColdSuggestions));
  AddFigure("suggest_cold_p50_us", cold, "us", results);
  EDIRAE_RETURN_IF_ERROR(MeasureMemory(conditions, *states, results));
  EDIRAE_ASSIGN_OR_RETURN(const Costs many, MeasureCosts(conditions, *states, kBrought - kSurelyLive, kSurelyLive));
  AddGrowth("suggest_1m_ratio", many.suggest, few.suggest, "us", results);
  AddGrowth("apply_1m_ratio", many.apply, few.apply, "us/event", results);
  AddGrowth("save_1m_ratio", many.save, few.save, "us/state", results);
  return absl::OkStatus();
}

}  // namespace edirae::bench
