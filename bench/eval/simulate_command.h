#ifndef EDIRAE_BENCH_EVAL_SIMULATE_COMMAND_H_
#define EDIRAE_BENCH_EVAL_SIMULATE_COMMAND_H_

#include <CLI/CLI.hpp>
#include <ostream>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "bench/simulation/tournament.h"

namespace edirae::eval {

// `edirae-eval simulate`: how much simulated learners learn under the platform's policy and under others.
class SimulateCommand {
 public:
  explicit SimulateCommand(CLI::App& app);

  bool chosen() const { return command_.parsed(); }

  // NOT_FOUND or INVALID_ARGUMENT for a graph that cannot be read; DATA_LOSS when `out` cannot be written.
  absl::Status Run(std::ostream& out);

 private:
  CLI::App& command_;
  simulation::Course course_;
  int concepts_ = 92;
  std::string graph_;
  std::vector<std::string> families_;
  std::vector<std::string> policies_;
  bool json_ = false;
  bool speed_ = false;
};

}  // namespace edirae::eval

#endif  // EDIRAE_BENCH_EVAL_SIMULATE_COMMAND_H_
