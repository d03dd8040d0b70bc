#include "bench/suite.h"

#include <algorithm>
#include <functional>
#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "bench/measure/measurements.h"
#include "bench/platform/classroom.h"
#include "common/status/macros.h"

namespace edirae::bench {
namespace {

template <class Measure>
struct Entry {
  std::vector<std::string> names;
  Measure measure;
};
using OfPart = Entry<absl::Status (*)(const Conditions&, Results&)>;
using OfPrograms = Entry<absl::Status (*)(const Conditions&, const std::string& programs, Results&)>;
using Served = Entry<absl::Status (*)(const Conditions&, const Classroom&, Results&)>;

const std::vector<OfPart>& OfParts() {
  static const auto* const entries = new std::vector<OfPart>{
      {{"echo_64"}, MeasureEchoOf64},
      {{"jetstream_publish"}, MeasureBareJetStream},
      {{"sqlite_commit"}, MeasureBareSqlite},
      {{"catalog_read_files_s", "catalog_load_s", "catalog_load_memory_ratio", "catalog_get_concept_ratio"},
       MeasureCatalogScale},
      {{"suggest_24_p50_us", "suggest_10000_p50_us", "fold_events"}, MeasureSuggestions},
      {{"state_read_p50_us", "event_cost_1m_ratio"}, MeasureManyLearners},
      {{"long_history_ratio"}, MeasureLongHistory},
      {{"restart_load_1m_s", "restart_load_1m_processor_s", "restart_1m_s", "suggest_cold_p50_us", "live_states_mb",
        "state_concept_bytes", "saved_states_mb", "saved_concept_bytes", "suggest_1m_ratio", "apply_1m_ratio",
        "save_1m_ratio"},
       MeasureStateScale},
      {{"relay_publish"}, MeasureRelay},
      {{"catch_up"}, MeasureCatchUp},
  };
  return *entries;
}

// On platforms of their own.
const std::vector<OfPrograms>& Apart() {
  static const auto* const entries = new std::vector<OfPrograms>{
      {{"catalog_publish_s", "catalog_switch_s", "catalog_publish_total_s", "catalog_switch_total_s",
        "catalog_switch_total_search_s", "catalog_switch_slowest_call_ms", "catalog_switch_failed_calls",
        "catalog_search_p99_ms"},
       MeasureCatalogSwitch},
      {{"postgres_batch"}, MeasurePostgresBatch},
      {{"disk_full_refusal_ms", "disk_full_resume_ms"}, MeasureDiskFull},
  };
  return *entries;
}

// Reads first, floods last: each leaves more behind than the one before.
const std::vector<Served>& OnSplit() {
  static const auto* const entries = new std::vector<Served>{
      {{"catalog_read", "ready_made_roadmap"}, MeasureCatalogRead},
      {{"home_split"}, MeasureHomeSplit},
      {{"freshness_p99_ms"}, MeasureFreshness},
      {{"change_p99_ms"}, MeasureChange},
      {{"durable_answer", "durable_answer_p99_ms"}, MeasureDurableAnswer},
      {{"progress_answer_100", "progress_answer_100_p99_ms", "progress_answer_400"}, MeasureProgressAnswers},
      {{"durable_batch"}, MeasureDurableBatch},
      {{"ledger_answer_100", "ledger_answer_100_p99_ms", "ledger_answer_400"}, MeasureLedgerAnswers},  // stops the bus
  };
  return *entries;
}

const std::vector<Served>& OnOne() {
  static const auto* const entries = new std::vector<Served>{
      {{"home_one"}, MeasureHomeOne}, {{"durable_answer_one", "durable_answer_one_p99_ms"}, MeasureDurableAnswerOne}};
  return *entries;
}

bool Contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

template <class Measurement>
std::vector<Measurement> Wanted(const std::vector<Measurement>& all, const std::vector<std::string>& only) {
  std::vector<Measurement> wanted;
  for (const Measurement& entry : all) {
    const bool named = std::any_of(entry.names.begin(), entry.names.end(),
                                   [&](const std::string& name) { return Contains(only, name); });
    if (only.empty() || named) wanted.push_back(entry);
  }
  return wanted;
}

using testing::Platform;

using StartPlatform = absl::StatusOr<std::unique_ptr<Platform>> (*)(const testing::PlatformOptions&);

class Run {
 public:
  Run(const SuiteOptions& options, const Conditions& conditions) : options_(options), conditions_(conditions) {}

  void MeasureParts() {
    for (const OfPart& entry : Wanted(OfParts(), options_.only)) {
      Note(entry.names, entry.measure(conditions_, outcome_.results), "");
    }
  }

  void MeasureApart() {
    for (const OfPrograms& entry : Wanted(Apart(), options_.only)) {
      Note(entry.names, entry.measure(conditions_, options_.programs, outcome_.results), "");
    }
  }

  void MeasureServed(const std::string& kind, StartPlatform start, const std::vector<Served>& all) {
    const std::vector<Served> wanted = Wanted(all, options_.only);
    if (wanted.empty() || !conditions_.interrupt.Check().ok()) return;
    conditions_.progress.Show("starting the platform, " + kind);
    const auto platform =
        start({.programs = options_.programs, .content = options_.content, .log_level = "warn", .cancelled = [this] {
                 return !conditions_.interrupt.Check().ok();
               }});
    std::unique_ptr<Classroom> classroom;
    const absl::Status opened = platform.ok() ? Open(**platform, classroom) : platform.status();
    const std::string no_logs;
    for (const Served& entry : wanted) {
      const absl::Status measured = opened.ok() ? entry.measure(conditions_, *classroom, outcome_.results) : opened;
      Note(entry.names, measured, platform.ok() && !measured.ok() ? (*platform)->LogTails() : no_logs);
    }
    conditions_.progress.Show("stopping the platform");
  }

  SuiteOutcome Outcome() { return std::move(outcome_); }

 private:
  absl::Status Open(const Platform& platform, std::unique_ptr<Classroom>& classroom) {
    EDIRAE_ASSIGN_OR_RETURN(classroom, Classroom::Open(platform, options_.learners));
    return GiveHistory(conditions_, *classroom);
  }

  void Note(const std::vector<std::string>& names, const absl::Status& measured, const std::string& logs) {
    if (measured.ok()) return;
    outcome_.failures.push_back(absl::StrCat(absl::StrJoin(names, ", "), ": ", measured.message(), "\n", logs));
  }

  const SuiteOptions& options_;
  const Conditions& conditions_;
  SuiteOutcome outcome_;
};

}  // namespace

absl::Status CheckNames(const std::vector<std::string>& only) {
  std::vector<std::string> known;
  for (const OfPart& entry : OfParts()) known.insert(known.end(), entry.names.begin(), entry.names.end());
  for (const OfPrograms& entry : Apart()) known.insert(known.end(), entry.names.begin(), entry.names.end());
  for (const auto* served : {&OnSplit(), &OnOne()}) {
    for (const Served& entry : *served) known.insert(known.end(), entry.names.begin(), entry.names.end());
  }
  std::vector<std::string> unknown;
  std::copy_if(only.begin(), only.end(), std::back_inserter(unknown),
               [&](const std::string& name) { return !Contains(known, name); });
  if (unknown.empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("nothing is called ", absl::StrJoin(unknown, ", "), "; there are ", absl::StrJoin(known, ", ")));
}

SuiteOutcome RunSuite(const SuiteOptions& options, const Conditions& conditions) {
  Run run(options, conditions);
  run.MeasureParts();
  run.MeasureApart();
  run.MeasureServed("a process a service", Platform::StartSplit, OnSplit());
  run.MeasureServed("all in one process", Platform::StartOne, OnOne());
  return run.Outcome();
}

}  // namespace edirae::bench
