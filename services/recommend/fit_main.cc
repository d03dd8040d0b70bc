// edirae-fit: makes a weights file of the mastery model (docs/mastery.md).
#include <sysexits.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <functional>
#include <iostream>
#include <string>
#include <vector>

#include "services/recommend/adapters/exported_events.h"
#include "services/recommend/adapters/recorded_responses.h"
#include "services/recommend/adapters/weights_file.h"
#include "services/recommend/domain/mastery/fit/fit.h"
#include "services/recommend/domain/mastery/fit/simulated_learners.h"

namespace edirae::recommend {
namespace {

struct Flags {
  std::string events;
  std::string data;
  mastery::SimulationSettings simulation;
  bool simulate = false;
  bool general = false;
  bool text = false;
  std::string out;
};

absl::StatusOr<mastery::ResponseLog> ReadAnswers(const Flags& flags) {
  if (flags.simulate) return mastery::Simulate(flags.simulation).log;
  auto responses = flags.events.empty() ? ReadRecordedResponses(flags.data) : ReadExportedEvents(flags.events);
  if (!responses.ok()) return responses.status();
  return std::move(responses->log);
}

// Says on standard error that it goes on, where someone watches.
std::function<void()> StepsOnATerminal() {
  if (isatty(STDERR_FILENO) == 0) return [] {};
  return [steps = 0]() mutable { std::cerr << "\rfits, step " << ++steps << "  " << std::flush; };
}

absl::Status Fit(const Flags& flags) {
  const auto log = ReadAnswers(flags);
  if (!log.ok()) return log.status();
  if (log->learners < 2) return absl::InvalidArgumentError("fewer than two learners: nothing to learn from");
  mastery::Weights weights = mastery::Fit(*log, std::vector<bool>(log->learners, true), {}, StepsOnATerminal());
  if (isatty(STDERR_FILENO) != 0) std::cerr << '\n';
  if (flags.general) weights = mastery::GeneralOf(weights);
  const WeightsForm form = flags.text ? WeightsForm::kText : WeightsForm::kBinary;
  if (absl::Status written = WriteWeights(weights, form, flags.out); !written.ok()) return written;
  std::printf("%s: %zu answers of %u learners, %zu items, %zu concepts\n", flags.out.c_str(), log->responses.size(),
              log->learners, weights.registry.items().size(), weights.registry.concepts().size());
  return absl::OkStatus();
}

void AddOptions(CLI::App& app, Flags& flags) {
  auto* const source = app.add_option_group("answers", "Where they come from");
  source->add_option("--events", flags.events, "Exported events: a LearnerEvent a line in JSON; may be gzip");
  source->add_option("--data", flags.data, "A table as `edirae-eval mastery` reads it; train and test alike");
  source->add_flag("--simulated", flags.simulate, "Learners of our own making");
  source->require_option(1);
  app.add_option("--seed", flags.simulation.seed, "Of --simulated")->capture_default_str();
  app.add_option("--learners", flags.simulation.learners, "Of --simulated")
      ->check(CLI::Range(2, 1'000'000))
      ->capture_default_str();
  app.add_flag("--general", flags.general, "Leaves out items and concepts: what holds anywhere");
  app.add_flag("--text", flags.text, "Writes protobuf's text form instead of the binary one");
  app.add_option("--out", flags.out, "The weights file")->required();
}

}  // namespace
}  // namespace edirae::recommend

int main(int argc, char** argv) {
  CLI::App app{"Makes a weights file of the mastery model from answers of learners.", "edirae-fit"};
  edirae::recommend::Flags flags;
  edirae::recommend::AddOptions(app, flags);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? EX_OK : EX_USAGE;
  }
  const absl::Status done = edirae::recommend::Fit(flags);
  if (done.ok()) return EX_OK;
  std::cerr << "edirae-fit: " << done.message() << '\n';
  return done.code() == absl::StatusCode::kNotFound
             ? EX_NOINPUT
             : (done.code() == absl::StatusCode::kDataLoss ? EX_IOERR : EX_DATAERR);
}
