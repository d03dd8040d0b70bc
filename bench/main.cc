// edirae-bench: measures the platform beside the bare limits of what it stands on. docs/benchmarks.md says how.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>

#include "bench/limits/echo_server.h"
#include "bench/measure/live_memory.h"
#include "bench/measure/load_catalog.h"
#include "bench/platform/rest.h"
#include "bench/report/progress_line.h"
#include "bench/report/report.h"
#include "bench/suite.h"
#include "common/log/log.h"
#include "common/process/absl_mutexes.h"
#include "common/rpc/shutdown_signal.h"

namespace edirae::bench {
namespace {

constexpr int kWrongUse = 64;
constexpr int kInterrupted = 130;
constexpr double kDisturbance = 0.05;  // by other programs, beyond which figures are not to be relied on

int Complain(absl::string_view what, int exit_code) {
  std::fprintf(stderr, "edirae-bench: %s\n", std::string(what).c_str());
  return exit_code;
}

// The first signal ends the run in good order, the second at once; children die with this process either way.
void ListenForInterrupt(rpc::ShutdownSignal& shutdown, Interrupt& interrupt) {
  std::thread([&shutdown, &interrupt] {
    shutdown.Wait();
    interrupt.Raise();
    shutdown.Wait();
    _exit(kInterrupted);
  }).detach();
}

int Report(const SuiteOutcome& outcome, const std::string& json) {
  std::fputs(ToTable(outcome.results, WantsColour(STDOUT_FILENO)).c_str(), stdout);
  std::fflush(stdout);
  if (!json.empty()) {
    if (const absl::Status written = WriteJson(outcome.results, json); !written.ok()) {
      return Complain(written.message(), EXIT_FAILURE);
    }
  }
  for (const std::string& failure : outcome.failures) Complain("could not measure " + failure, EXIT_FAILURE);
  return outcome.failures.empty() ? EXIT_SUCCESS : EXIT_FAILURE;
}

struct Flags {
  SuiteOptions suite;
  std::string json;
  double seconds = 4;
  int concurrency = 100;
};

int Measure(Flags flags) {
  if (const absl::Status names = CheckNames(flags.suite.only); !names.ok()) return Complain(names.message(), kWrongUse);
  // Both live as long as the process: the listening thread uses them to the end.
  auto& shutdown = *new rpc::ShutdownSignal();
  auto& interrupt = *new Interrupt();
  ListenForInterrupt(shutdown, interrupt);
  // Libraries speak up about lost connections when servers stop, which is no news here.
  (void)log::Configure("bench", "error");
  flags.suite.programs = std::filesystem::canonical("/proc/self/exe").parent_path();
  const OtherPrograms others;
  SuiteOutcome outcome;
  {
    ProgressLine progress;
    outcome = RunSuite(flags.suite, {.window = absl::Seconds(flags.seconds),
                                     .concurrency = flags.concurrency,
                                     .interrupt = interrupt,
                                     .progress = progress});
  }
  const int exit_code = Report(outcome, flags.json);
  if (const double share = others.ProcessorShare(); share > kDisturbance) {
    std::printf("Other programs used %.0f %% of the processors meanwhile: measure again when the machine is quiet.\n",
                100 * share);
  }
  return interrupt.Check().ok() ? exit_code : kInterrupted;
}

}  // namespace
}  // namespace edirae::bench

int main(int argc, char** argv) {
  using namespace edirae::bench;  // NOLINT(google-build-using-namespace): a program of its own
  edirae::process::LockAbslMutexesUnchecked();
  CLI::App app("Measures the platform beside bare gRPC, JetStream and SQLite", "edirae-bench");
  Flags flags;
  flags.suite.content = "content";
  app.add_option("--json", flags.json, "also write the results to this file");
  app.add_option("--only", flags.suite.only, "measure only these, separated by commas")->delimiter(',');
  app.add_option("--seconds", flags.seconds, "how long each measurement takes")->check(CLI::Range(0.2, 600.0));
  app.add_option("--concurrency", flags.concurrency, "calls in flight")->check(CLI::Range(1, 2000));
  app.add_option("--learners", flags.suite.learners, "how many take part")->check(CLI::Range(100, 8000));
  app.add_option("--content", flags.suite.content, "folder of the roadmaps")->check(CLI::ExistingDirectory);
  app.option_defaults()->always_capture_default();

  CLI::App& echo_server = *app.add_subcommand("echo-server", "")->group("");
  std::string listen;
  int bytes = 0;
  echo_server.add_option("--listen", listen)->required();
  echo_server.add_option("--bytes", bytes)->required();
  CLI::App& load_catalog = *app.add_subcommand("load-catalog", "")->group("");
  std::string folder;
  load_catalog.add_option("--folder", folder)->required();
  CLI::App& live_states = *app.add_subcommand("live-states", "")->group("");
  live_states.add_option("--folder", folder)->required();
  int64_t learners = 0;
  live_states.add_option("--learners", learners)->required();
  CLI11_PARSE(app, argc, argv);

  if (load_catalog.parsed()) return LoadCatalog(folder);
  if (live_states.parsed()) return PrintLiveMemory(folder, learners);
  if (!echo_server.parsed()) return Measure(std::move(flags));
  const absl::Status served = ServeEcho(listen, bytes);
  return served.ok() ? EXIT_SUCCESS : Complain(served.message(), EXIT_FAILURE);
}
