#include "bench/eval/exit_code.h"

#include <sysexits.h>

namespace edirae::eval {

int ExitCode(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kOk:
      return EX_OK;
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kOutOfRange:
      return EX_DATAERR;
    case absl::StatusCode::kNotFound:
      return EX_NOINPUT;
    case absl::StatusCode::kDataLoss:
    case absl::StatusCode::kUnavailable:
      return EX_IOERR;
    default:
      return EX_SOFTWARE;
  }
}

}  // namespace edirae::eval
