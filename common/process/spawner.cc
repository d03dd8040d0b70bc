#include "common/process/spawner.h"

#include <fcntl.h>
#include <linux/close_range.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <thread>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"

namespace edirae::process {
namespace {

// What the child writes to the pipe when it cannot become the program.
struct Failure {
  int error = 0;
  char step[24] = "";
};

// Everything the child needs, made before the fork: between fork and exec only async-signal-safe calls are allowed.
struct Prepared {
  const char* program;
  char* const* argv;
  char* const* environment;
  const char* working_folder;  // null: stay
  const char* output_file;     // null: inherit
  pid_t parent;
  int report;
};

[[noreturn]] void Fail(const Prepared& prepared, const char* step) {
  Failure failure;
  failure.error = errno;
  for (size_t i = 0; i + 1 < sizeof(failure.step) && step[i] != '\0'; ++i) failure.step[i] = step[i];
  // Nobody can be told when this fails; the parent then sees an early exit.
  [[maybe_unused]] ssize_t ignored = ::write(prepared.report, &failure, sizeof(failure));
  ::_exit(127);
}

void Redirect(const Prepared& prepared) {
  const int null = ::open("/dev/null", O_RDONLY);
  if (null < 0 || ::dup2(null, STDIN_FILENO) < 0) Fail(prepared, "open /dev/null");
  if (prepared.output_file == nullptr) return;
  const int output = ::open(prepared.output_file, O_WRONLY | O_CREAT | O_APPEND, 0600);
  if (output < 0) Fail(prepared, "open the output file");
  if (::dup2(output, STDOUT_FILENO) < 0 || ::dup2(output, STDERR_FILENO) < 0) Fail(prepared, "redirect output");
}

[[noreturn]] void Become(const Prepared& prepared) {
  if (::setpgid(0, 0) != 0) Fail(prepared, "setpgid");
  if (::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) Fail(prepared, "prctl");
  if (::getppid() != prepared.parent) ::_exit(127);  // the parent died before prctl: no signal will come
  // Services block signals in all threads and wait for them; a child must not inherit that.
  for (int signal = 1; signal < NSIG; ++signal) ::signal(signal, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  Redirect(prepared);
  if (prepared.working_folder != nullptr && ::chdir(prepared.working_folder) != 0) Fail(prepared, "chdir");
  ::close_range(3, ~0u, CLOSE_RANGE_CLOEXEC);  // sockets and files of other libraries without O_CLOEXEC
  ::execve(prepared.program, prepared.argv, prepared.environment);
  Fail(prepared, "execute");
}

std::vector<char*> Pointers(const std::vector<std::string>& strings) {
  std::vector<char*> pointers;
  for (const std::string& text : strings) pointers.push_back(const_cast<char*>(text.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

absl::StatusOr<Spawned> ForkHere(const SpawnRequest& request) {
  int report[2];
  if (::pipe2(report, O_CLOEXEC) != 0) return absl::ErrnoToStatus(errno, "pipe");
  const std::vector<char*> argv = Pointers(request.argv);
  const std::vector<char*> environment = Pointers(request.environment);
  const Prepared prepared{.program = request.program.c_str(),
                          .argv = argv.data(),
                          .environment = environment.data(),
                          .working_folder = request.working_folder.empty() ? nullptr : request.working_folder.c_str(),
                          .output_file = request.output_file.empty() ? nullptr : request.output_file.c_str(),
                          .parent = ::getpid(),
                          .report = report[1]};
  // _Fork: fork() would run the atfork handlers of other libraries.
  const pid_t pid = ::_Fork();
  if (pid == 0) Become(prepared);
  const int fork_error = errno;
  ::close(report[1]);
  if (pid < 0) {
    ::close(report[0]);
    return absl::ErrnoToStatus(fork_error, "fork");
  }
  Failure failure;
  ssize_t length;
  do {
    length = ::read(report[0], &failure, sizeof(failure));
  } while (length < 0 && errno == EINTR);
  ::close(report[0]);
  if (length != 0) {
    ::waitpid(pid, nullptr, 0);
    if (length != sizeof(failure)) return absl::InternalError(absl::StrCat(request.program, " did not start"));
    return absl::ErrnoToStatus(failure.error, absl::StrCat("cannot start ", request.program, ": ", failure.step));
  }
  // By number: glibc 2.36 declares the function without C linkage.
  const int pidfd = static_cast<int>(::syscall(SYS_pidfd_open, pid, 0));
  if (pidfd < 0) {
    const int error = errno;
    ::kill(pid, SIGKILL);
    ::waitpid(pid, nullptr, 0);
    return absl::ErrnoToStatus(error, "pidfd_open");
  }
  return Spawned{.pid = pid, .pidfd = pidfd};
}

// The thread that forks. Made on first use and never destroyed: its end would kill all children.
class SpawnerThread {
 public:
  static SpawnerThread& Get() {
    static SpawnerThread* const instance = new SpawnerThread();
    return *instance;
  }

  absl::StatusOr<Spawned> Run(const SpawnRequest& request) {
    std::packaged_task<absl::StatusOr<Spawned>()> task([&request] { return ForkHere(request); });
    std::future<absl::StatusOr<Spawned>> result = task.get_future();
    {
      std::lock_guard lock(mutex_);
      tasks_.push_back(std::move(task));
    }
    task_added_.notify_one();
    return result.get();
  }

 private:
  SpawnerThread() {
    std::thread([this] { Loop(); }).detach();
  }

  [[noreturn]] void Loop() {
    // Signals of the process are other threads' business.
    sigset_t all;
    sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, nullptr);
    std::unique_lock lock(mutex_);
    while (true) {
      task_added_.wait(lock, [this] { return !tasks_.empty(); });
      std::packaged_task<absl::StatusOr<Spawned>()> task = std::move(tasks_.front());
      tasks_.pop_front();
      lock.unlock();
      task();
      lock.lock();
    }
  }

  std::mutex mutex_;
  std::condition_variable task_added_;
  std::deque<std::packaged_task<absl::StatusOr<Spawned>()>> tasks_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace

absl::StatusOr<Spawned> Spawn(const SpawnRequest& request) { return SpawnerThread::Get().Run(request); }

}  // namespace edirae::process
