#include "bench/platform/program.h"

#include <csignal>
#include <deque>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "bench/load/connection.h"
#include "common/status/macros.h"

namespace edirae::bench {
namespace {

constexpr absl::Duration kStartPatience = absl::Seconds(60);
constexpr absl::Duration kBetweenLooks = absl::Milliseconds(50);
constexpr absl::Duration kStopPatience = absl::Seconds(10);
constexpr size_t kTailLines = 8;

}  // namespace

absl::StatusOr<std::unique_ptr<Program>> Program::Start(ProgramOptions options) {
  process::ChildOptions child;
  child.argv = options.argv;
  child.environment = options.environment;
  child.output_file = options.log_file;
  EDIRAE_ASSIGN_OR_RETURN(auto started, process::ChildProcess::Start(child));
  return std::unique_ptr<Program>(new Program(std::move(options), std::move(started)));
}

absl::Status Program::WaitReady(const Interrupt& interrupt) {
  const auto channel = NewConnection(options_.address);
  const absl::Time deadline = absl::Now() + kStartPatience;
  absl::Status ready = CheckReady(channel);
  while (!ready.ok() && child_->running() && absl::Now() < deadline) {
    EDIRAE_RETURN_IF_ERROR(interrupt.Pause(kBetweenLooks));
    ready = CheckReady(channel);
  }
  if (ready.ok()) return ready;
  const auto ended = child_->Wait(absl::ZeroDuration());
  return absl::UnavailableError(
      absl::StrCat(options_.argv[0], " is not ready: ", ended.ok() ? ended->ToString() : std::string(ready.message()),
                   "\n", LogTail()));
}

void Program::BeginStop() {
  // Having ended already is no trouble here.
  (void)child_->Signal(SIGTERM);
}

void Program::Wait() { child_->Stop(kStopPatience); }

std::string Program::LogTail() const {
  std::deque<std::string> lines;
  std::ifstream log(options_.log_file);
  for (std::string line; std::getline(log, line);) {
    lines.push_back("  " + line);
    if (lines.size() > kTailLines) lines.pop_front();
  }
  return absl::StrCat(options_.argv[0], " wrote last:\n", absl::StrJoin(lines, "\n"), "\n");
}

}  // namespace edirae::bench
