#ifndef EDIRAE_COMMON_PROCESS_CHILD_PROCESS_H_
#define EDIRAE_COMMON_PROCESS_CHILD_PROCESS_H_

#include <sys/types.h>

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace edirae::process {

struct ChildOptions {
  std::vector<std::string> argv;                                 // argv[0] is looked up in PATH when it has no '/'
  std::vector<std::pair<std::string, std::string>> environment;  // set on top of this process's environment
  std::string working_folder;                                    // empty: this process's
  // Where stdout and stderr go: a file (created 0600, appended to), or, when empty, this process's own. stdin is
  // /dev/null.
  std::string output_file;
};

// How a child ended: exactly one of the two is set.
struct ExitStatus {
  std::optional<int> code;
  std::optional<int> signal;

  bool success() const { return code == 0; }
  std::string ToString() const;  // "exit code 1", "signal 9 (Killed)"
};

// One child process. Thread-safe.
//
// The child runs in a process group of its own, so that Ctrl-C in the terminal does not reach it before its parent has
// stopped it, and it is killed by the kernel when this process dies, however it dies. It starts with no signal
// blocked or ignored and with no descriptor but 0, 1 and 2. It may be started from any thread: the thread may end
// before the child.
class ChildProcess {
 public:
  // Errors: NOT_FOUND when the program does not exist, PERMISSION_DENIED when it may not be run, INVALID_ARGUMENT for
  // an empty argv, RESOURCE_EXHAUSTED or UNAVAILABLE when the system cannot start it. When it returns OK the program
  // has been executed.
  static absl::StatusOr<std::unique_ptr<ChildProcess>> Start(const ChildOptions& options);

  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;
  ~ChildProcess();  // Kill()

  pid_t pid() const { return pid_; }
  bool running();

  // Sends a signal to the child (not to its group). FAILED_PRECONDITION when it has ended.
  absl::Status Signal(int signal);

  // Halts the child (SIGSTOP) and returns once none of its threads runs; Resume() lets it go on. For tests of faults.
  // FAILED_PRECONDITION when it has ended.
  absl::Status Pause();
  absl::Status Resume();

  // Waits for the end; again and from several threads if need be. DEADLINE_EXCEEDED when it still runs after `timeout`.
  absl::StatusOr<ExitStatus> Wait(absl::Duration timeout);

  // SIGTERM, then SIGKILL to the whole group when it has not ended within `grace`. Returns how it ended.
  ExitStatus Stop(absl::Duration grace);

  // SIGKILL to the whole group, and waits. Returns how it ended.
  ExitStatus Kill();

 private:
  ChildProcess(pid_t pid, int pidfd) : pid_(pid), pidfd_(pidfd) {}
  std::optional<ExitStatus> Reap(bool block);

  const pid_t pid_;
  const int pidfd_;  // owned
  std::mutex mutex_;
  std::optional<ExitStatus> exit_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace edirae::process

#endif  // EDIRAE_COMMON_PROCESS_CHILD_PROCESS_H_
