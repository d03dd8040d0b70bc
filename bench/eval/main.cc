// edirae-eval: judges our models on recorded and on simulated learners. Its subcommands are stable: other programs
// build on their input and output.
#include <sysexits.h>

#include <CLI/CLI.hpp>
#include <iostream>

#include "bench/eval/exit_code.h"
#include "bench/eval/fsrs_command.h"
#include "bench/eval/mastery_command.h"
#include "bench/eval/simulate_command.h"
#include "bench/eval/steps_command.h"

namespace {

int Finish(const absl::Status& status) {
  if (!status.ok()) std::cerr << "edirae-eval: " << status.message() << "\n";
  return edirae::eval::ExitCode(status);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Judges Edirae's models: reads learners from a file or standard input, prints one JSON line a result.",
               "edirae-eval"};
  app.require_subcommand(1);
  app.footer(
      "Exit codes (sysexits.h): 0 done, 64 wrong use, 65 input that is malformed (standard error names the line),\n"
      "66 no such file, 70 our fault, 74 reading or writing failed.");
  edirae::eval::FsrsCommand fsrs(app);
  const edirae::eval::MasteryCommand mastery(app);
  edirae::eval::SimulateCommand simulate(app);
  edirae::eval::StepsCommand steps(app);

  std::ios::sync_with_stdio(false);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? EX_OK : EX_USAGE;
  }
  if (mastery.chosen()) return Finish(mastery.Run());
  if (simulate.chosen()) return Finish(simulate.Run(std::cout));
  if (steps.chosen()) return Finish(steps.Run(std::cin, std::cout));
  return Finish(fsrs.Run(std::cin, std::cout));
}
