#ifndef EDIRAE_TESTS_PLATFORM_PROGRAM_H_
#define EDIRAE_TESTS_PLATFORM_PROGRAM_H_

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/process/child_process.h"

namespace edirae::testing {

struct ProgramOptions {
  std::vector<std::string> argv;
  std::vector<std::pair<std::string, std::string>> environment;  // secrets go here: argv is visible to everyone
  std::string address;                                           // where it serves gRPC, host:port
  std::string metrics_address;                                   // where it serves metrics
  std::string log_file;                                          // takes its output
};

// One program of the platform as a process of its own, which can be killed and started again.
// Dies with this process at the latest. Not thread-safe.
class Program {
 public:
  explicit Program(ProgramOptions options) : options_(std::move(options)) {}

  // Starts the process; NOT_FOUND when it was not built.
  absl::Status Start();

  // What the next Start gives as the value of a flag; NOT_FOUND when it was made without that.
  absl::Status SetFlag(const std::string& flag, std::string value);

  bool started() const { return child_ != nullptr; }

  // Waits until its health service says ready. UNAVAILABLE, with the end of its log, when it ends first or takes longer
  // than a minute; CANCELLED once `cancelled` says so.
  absl::Status WaitReady(const std::function<bool()>& cancelled = [] { return false; }) const;

  // Halts it: none of its threads runs until it goes on or is killed.
  absl::Status Pause() { return child_->Pause(); }
  // Lets it go on as if nothing had been.
  absl::Status Resume() { return child_->Resume(); }

  // SIGKILL: nothing is flushed, nobody is told.
  void Kill();

  // SIGTERM, and waits. The exit code, or the signal that ended it.
  process::ExitStatus Stop();

  // Waits for the process to end by itself.
  absl::StatusOr<process::ExitStatus> WaitForExit(absl::Duration patience) const { return child_->Wait(patience); }

  // Of the process that was started last.
  pid_t pid() const { return child_->pid(); }
  const std::string& address() const { return options_.address; }
  const std::string& metrics_address() const { return options_.metrics_address; }

  // Everything that it wrote, also before it was started again.
  std::string Log() const;

  // Its name and the last lines that it wrote.
  std::string LogTail() const;

 private:
  ProgramOptions options_;
  std::unique_ptr<process::ChildProcess> child_;
};

}  // namespace edirae::testing

#endif  // EDIRAE_TESTS_PLATFORM_PROGRAM_H_
