#ifndef EDIRAE_BENCH_EVAL_EXIT_CODE_H_
#define EDIRAE_BENCH_EVAL_EXIT_CODE_H_

#include "absl/status/status.h"

namespace edirae::eval {

// What the program returns for the outcome of a subcommand, as in sysexits.h: 0 for OK, 65 (EX_DATAERR) for input that
// is not what it should be, 66 (EX_NOINPUT) for a file that is not there, 74 (EX_IOERR) when reading or writing failed,
// 70 (EX_SOFTWARE) for the rest. Wrong use of the command line is 64 (EX_USAGE), before any subcommand runs.
int ExitCode(const absl::Status& status);

}  // namespace edirae::eval

#endif  // EDIRAE_BENCH_EVAL_EXIT_CODE_H_
