#ifndef EDIRAE_BENCH_EVAL_STEPS_COMMAND_H_
#define EDIRAE_BENCH_EVAL_STEPS_COMMAND_H_

#include <CLI/CLI.hpp>
#include <istream>
#include <ostream>

#include "absl/status/status.h"

namespace edirae::eval {

// `edirae-eval steps`: the platform's policy, one question at a time, over standard input and output.
class StepsCommand {
 public:
  explicit StepsCommand(CLI::App& app);

  bool chosen() const { return command_.parsed(); }

  // Answers each line and flushes, until `in` ends. A malformed line is answered too, and changes nothing. DATA_LOSS
  // when `out` cannot be written.
  absl::Status Run(std::istream& in, std::ostream& out);

 private:
  CLI::App& command_;
};

}  // namespace edirae::eval

#endif  // EDIRAE_BENCH_EVAL_STEPS_COMMAND_H_
