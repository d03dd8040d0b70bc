#ifndef EDIRAE_BENCH_EVAL_FSRS_COMMAND_H_
#define EDIRAE_BENCH_EVAL_FSRS_COMMAND_H_

#include <CLI/CLI.hpp>
#include <istream>
#include <ostream>
#include <string>

#include "absl/status/status.h"

namespace edirae::eval {

// `edirae-eval fsrs`: what the memory model makes of recorded reviews.
class FsrsCommand {
 public:
  explicit FsrsCommand(CLI::App& app);

  bool chosen() const { return command_.parsed(); }

  // INVALID_ARGUMENT, with the number of the line, at the first line that is malformed; those before it are answered.
  // DATA_LOSS when `out` cannot be written.
  absl::Status Run(std::istream& in, std::ostream& out);

 private:
  CLI::App& command_;
  bool fit_ = false;
  bool fsrs7_ = false;
  double retention_;
};

}  // namespace edirae::eval

#endif  // EDIRAE_BENCH_EVAL_FSRS_COMMAND_H_
