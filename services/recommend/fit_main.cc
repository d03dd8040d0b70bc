// edirae-fit: makes a weights file of the mastery model (docs/mastery.md).
#include <sysexits.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <functional>
#include <iostream>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "common/clock/parse_day.h"
#include "services/recommend/adapters/exported_events.h"
#include "services/recommend/adapters/recorded_responses.h"
#include "services/recommend/adapters/weights_file.h"
#include "services/recommend/domain/mastery/fit/fit.h"
#include "services/recommend/domain/mastery/fit/go_on.h"
#include "services/recommend/domain/mastery/fit/simulated_learners.h"

namespace edirae::recommend {
namespace {

struct Flags {
  std::string events;
  std::string data;
  mastery::SimulationSettings simulation;
  bool simulate = false;
  std::string from;
  std::string since;
  bool leave_out_test = false;
  bool general = false;
  bool text = false;
  std::string out;
};

absl::StatusOr<RecordedResponses> ReadAnswers(const Flags& flags) {
  if (flags.simulate) return RecordedResponses{.log = mastery::Simulate(flags.simulation).log};
  return flags.events.empty() ? ReadRecordedResponses(flags.data) : ReadExportedEvents(flags.events);
}

// Whom it learns from, by learner number.
std::vector<bool> UsedOf(const RecordedResponses& answers, const Flags& flags) {
  std::vector<bool> use(answers.log.learners, true);
  if (flags.leave_out_test) {
    use = answers.is_test;
    use.flip();
  }
  return use;
}

// Says on standard error that it goes on, where someone watches.
std::function<void()> StepsOnATerminal() {
  if (isatty(STDERR_FILENO) == 0) return [] {};
  return [steps = 0]() mutable { std::cerr << "\rfits, step " << ++steps << "  " << std::flush; };
}

std::string IsDay(const std::string& text) { return std::string(ParseDay(text).status().message()); }

absl::StatusOr<mastery::Weights> FitAnew(const mastery::ResponseLog& log, const std::vector<bool>& use) {
  if (std::ranges::count(use, true) < 2) {
    return absl::InvalidArgumentError("fewer than two learners: nothing to learn from");
  }
  mastery::Weights weights = mastery::Fit(log, use, {}, StepsOnATerminal());
  if (isatty(STDERR_FILENO) != 0) std::cerr << '\n';
  return weights;
}

absl::Status Fit(const Flags& flags) {
  const int64_t since = flags.since.empty() ? 0 : absl::ToUnixSeconds(*ParseDay(flags.since));
  const auto answers = ReadAnswers(flags);
  if (!answers.ok()) return answers.status();
  const mastery::ResponseLog& log = answers->log;
  const std::vector<bool> use = UsedOf(*answers, flags);
  const auto learned = std::ranges::count_if(
      log.responses, [&](const mastery::Response& it) { return use[it.learner] && it.time_seconds >= since; });
  if (learned == 0) return absl::InvalidArgumentError("no answer to learn from; see --since and --leave-out-test");

  absl::StatusOr<mastery::Weights> weights;
  if (flags.from.empty()) {
    weights = FitAnew(log, use);
  } else if (weights = ReadWeights(flags.from); weights.ok()) {
    weights = mastery::GoOn(*std::move(weights), log, use, since);
  }
  if (!weights.ok()) return weights.status();
  if (flags.general) weights = mastery::GeneralOf(*weights);
  const WeightsForm form = flags.text ? WeightsForm::kText : WeightsForm::kBinary;
  if (absl::Status written = WriteWeights(*weights, form, flags.out); !written.ok()) return written;
  std::printf("%s: learned from %lld of %zu answers of %u learners, %zu items, %zu concepts\n", flags.out.c_str(),
              static_cast<long long>(learned), log.responses.size(), log.learners, weights->registry.items().size(),
              weights->registry.concepts().size());
  return absl::OkStatus();
}

void AddOptions(CLI::App& app, Flags& flags) {
  auto* const source = app.add_option_group("answers", "Where they come from");
  source->add_option("--events", flags.events, "What `edirae dump` writes: a LearnerEvent a line in JSON; may be gzip");
  source->add_option("--data", flags.data, "A table as `edirae-eval mastery` reads it; train and test alike");
  source->add_flag("--simulated", flags.simulate, "Learners of our own making");
  source->require_option(1);
  app.add_option("--seed", flags.simulation.seed, "Of --simulated")->capture_default_str();
  app.add_option("--learners", flags.simulation.learners, "Of --simulated")
      ->check(CLI::Range(2, 1'000'000))
      ->capture_default_str();
  app.add_flag(
         "--leave-out-test", flags.leave_out_test,
         "Learns nothing from the learners of split=test (of --events about a fifth), so that `edirae-eval mastery "
         "--weights` can judge the file by them")
      ->excludes("--simulated");
  auto* const from = app.add_option("--from", flags.from,
                                    "Goes on from this weights file, or from `prior`, instead of fitting anew: learns "
                                    "from one answer after the other, as a server would");
  app.add_option("--since", flags.since, "With --from: a day or time (RFC 3339) before which it has learned already")
      ->needs(from)
      ->check(IsDay);
  app.add_flag("--general", flags.general, "Leaves out items and concepts: what holds anywhere");
  app.add_flag("--text", flags.text, "Writes protobuf's text form, for reading; no program takes it");
  app.add_option("--out", flags.out, "The weights file")->required();
  app.footer("Exit codes: 0 done, 64 wrong use, 65 unusable data, 66 no such file, 74 cannot read or write.");
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
