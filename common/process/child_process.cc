#include "common/process/child_process.h"

#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "common/process/spawner.h"

namespace edirae::process {
namespace {

absl::StatusOr<std::string> LookUp(const std::string& program) {
  if (absl::StrContains(program, '/')) return program;
  const char* path = std::getenv("PATH");
  for (absl::string_view folder : absl::StrSplit(path != nullptr ? path : "/usr/bin:/bin", ':')) {
    std::string candidate = absl::StrCat(folder.empty() ? "." : folder, "/", program);
    if (::access(candidate.c_str(), X_OK) == 0) return candidate;
  }
  return absl::NotFoundError(absl::StrCat(program, " is not in PATH"));
}

std::vector<std::string> EnvironmentWith(const std::vector<std::pair<std::string, std::string>>& additions) {
  std::vector<std::string> environment;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const bool replaced = std::any_of(additions.begin(), additions.end(), [&](const auto& addition) {
      return absl::StartsWith(*entry, absl::StrCat(addition.first, "="));
    });
    if (!replaced) environment.emplace_back(*entry);
  }
  for (const auto& [name, value] : additions) environment.push_back(absl::StrCat(name, "=", value));
  return environment;
}

}  // namespace

std::string ExitStatus::ToString() const {
  if (code.has_value()) return absl::StrCat("exit code ", *code);
  return absl::StrCat("signal ", *signal, " (", ::strsignal(*signal), ")");
}

absl::StatusOr<std::unique_ptr<ChildProcess>> ChildProcess::Start(const ChildOptions& options) {
  if (options.argv.empty() || options.argv[0].empty()) return absl::InvalidArgumentError("no program to start");
  absl::StatusOr<std::string> program = LookUp(options.argv[0]);
  if (!program.ok()) return program.status();
  absl::StatusOr<Spawned> spawned = Spawn({.program = *program,
                                           .argv = options.argv,
                                           .environment = EnvironmentWith(options.environment),
                                           .working_folder = options.working_folder,
                                           .output_file = options.output_file});
  if (!spawned.ok()) return spawned.status();
  return std::unique_ptr<ChildProcess>(new ChildProcess(spawned->pid, spawned->pidfd));
}

ChildProcess::~ChildProcess() {
  Kill();
  ::close(pidfd_);
}

bool ChildProcess::running() { return !Reap(/*block=*/false).has_value(); }

absl::Status ChildProcess::Signal(int signal) {
  // By number: glibc 2.36 declares the function without C linkage.
  if (::syscall(SYS_pidfd_send_signal, pidfd_, signal, nullptr, 0) == 0) return absl::OkStatus();
  if (errno == ESRCH) return absl::FailedPreconditionError(absl::StrCat("process ", pid_, " has ended"));
  return absl::ErrnoToStatus(errno, absl::StrCat("signal process ", pid_));
}

absl::Status ChildProcess::Pause() {
  if (absl::Status sent = Signal(SIGSTOP); !sent.ok()) return sent;
  // The signal takes a moment to reach threads on other processors.
  siginfo_t change = {};
  int result;
  do {
    result = ::waitid(P_PIDFD, static_cast<id_t>(pidfd_), &change, WSTOPPED | WEXITED | WNOWAIT);
  } while (result != 0 && errno == EINTR);
  if (result == 0 && change.si_code == CLD_STOPPED) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat("process ", pid_, " has ended"));
}

absl::Status ChildProcess::Resume() { return Signal(SIGCONT); }

absl::StatusOr<ExitStatus> ChildProcess::Wait(absl::Duration timeout) {
  const absl::Time deadline = absl::Now() + timeout;
  while (true) {
    if (std::optional<ExitStatus> exit = Reap(/*block=*/false)) return *exit;
    const absl::Duration left = deadline - absl::Now();
    if (left <= absl::ZeroDuration()) {
      return absl::DeadlineExceededError(
          absl::StrCat("process ", pid_, " still runs after ", absl::FormatDuration(timeout)));
    }
    pollfd end = {.fd = pidfd_, .events = POLLIN, .revents = 0};
    const absl::Duration slice = std::min(left + absl::Milliseconds(1), absl::Hours(1));
    ::poll(&end, 1, static_cast<int>(absl::ToInt64Milliseconds(slice)));
  }
}

ExitStatus ChildProcess::Stop(absl::Duration grace) {
  if (Signal(SIGTERM).ok()) {
    if (absl::StatusOr<ExitStatus> exit = Wait(grace); exit.ok()) return *exit;
  }
  return Kill();
}

ExitStatus ChildProcess::Kill() {
  {
    std::lock_guard lock(mutex_);
    // Until it is reaped nobody else can have its pid, so the group is its own.
    if (!exit_.has_value()) ::kill(-pid_, SIGKILL);
  }
  return *Reap(/*block=*/true);
}

std::optional<ExitStatus> ChildProcess::Reap(bool block) {
  std::lock_guard lock(mutex_);
  if (exit_.has_value()) return exit_;
  siginfo_t end = {};
  int result;
  do {
    result = ::waitid(P_PIDFD, static_cast<id_t>(pidfd_), &end, WEXITED | (block ? 0 : WNOHANG));
  } while (result != 0 && errno == EINTR);
  if (result != 0) {
    exit_ = ExitStatus{.code = -1};  // somebody else reaped it: that it ended is all we know
  } else if (end.si_pid == pid_) {
    if (end.si_code == CLD_EXITED) {
      exit_ = ExitStatus{.code = end.si_status};
    } else {
      exit_ = ExitStatus{.signal = end.si_status};
    }
  }
  return exit_;
}

}  // namespace edirae::process
