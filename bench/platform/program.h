#ifndef EDIRAE_BENCH_PLATFORM_PROGRAM_H_
#define EDIRAE_BENCH_PLATFORM_PROGRAM_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "bench/load/interrupt.h"
#include "common/process/child_process.h"

namespace edirae::bench {

struct ProgramOptions {
  std::vector<std::string> argv;
  std::vector<std::pair<std::string, std::string>> environment;  // secrets, which argv would show to everyone
  std::string address;                                           // where it serves gRPC, host:port
  std::string log_file;                                          // takes its output
};

// One program of the platform as a process of its own. Killed with this process at the latest.
class Program {
 public:
  // Errors of starting a process: NOT_FOUND when it was not built.
  static absl::StatusOr<std::unique_ptr<Program>> Start(ProgramOptions options);

  // Waits until its health service says ready. UNAVAILABLE, with the end of its log, when it ends or is not ready
  // within a minute.
  absl::Status WaitReady(const Interrupt& interrupt);

  // Asks it to stop; Wait() waits for that and kills it when it takes more than ten seconds.
  void BeginStop();
  void Wait();

  // Its name and the last lines that it wrote.
  std::string LogTail() const;

 private:
  Program(ProgramOptions options, std::unique_ptr<process::ChildProcess> child)
      : options_(std::move(options)), child_(std::move(child)) {}

  const ProgramOptions options_;
  const std::unique_ptr<process::ChildProcess> child_;
};

}  // namespace edirae::bench

#endif  // EDIRAE_BENCH_PLATFORM_PROGRAM_H_
