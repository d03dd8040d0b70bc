#ifndef EDIRAE_BENCH_LIMITS_ECHO_H_
#define EDIRAE_BENCH_LIMITS_ECHO_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "bench/load/generator.h"
#include "common/process/child_process.h"

namespace edirae::bench {

// A bare gRPC callback server in a process of its own: this program again, with the subcommand `echo-server`.
class EchoProcess {
 public:
  // Echoes and ready-made answers are of `bytes` bytes. Errors of starting it.
  static absl::StatusOr<std::unique_ptr<EchoProcess>> Start(int bytes);

  // A payload of that size there and back.
  Load EchoLoad() const;
  // A small request, answered with ready-made bytes: the most that a gRPC server can hand out.
  Load FetchLoad(int request_bytes) const;

 private:
  EchoProcess(std::unique_ptr<process::ChildProcess> child, std::string address, int bytes)
      : child_(std::move(child)), address_(std::move(address)), bytes_(bytes) {}

  const std::unique_ptr<process::ChildProcess> child_;
  const std::string address_;
  const int bytes_;
};

}  // namespace edirae::bench

#endif  // EDIRAE_BENCH_LIMITS_ECHO_H_
