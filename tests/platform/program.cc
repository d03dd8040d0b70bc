#include "tests/platform/program.h"

#include <algorithm>
#include <deque>
#include <fstream>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "common/rpc/channel.h"
#include "common/status/macros.h"

namespace edirae::testing {
namespace {

constexpr absl::Duration kStartPatience = absl::Seconds(60);
constexpr absl::Duration kLook = absl::Milliseconds(500);
constexpr absl::Duration kStopPatience = absl::Seconds(90);  // longer than any bound, which tests check
constexpr size_t kTailLines = 15;

}  // namespace

absl::Status Program::Start() {
  EDIRAE_ASSIGN_OR_RETURN(
      child_, process::ChildProcess::Start(
                  {.argv = options_.argv, .environment = options_.environment, .output_file = options_.log_file}));
  return absl::OkStatus();
}

absl::Status Program::SetFlag(const std::string& flag, std::string value) {
  const auto found = std::ranges::find(options_.argv, flag);
  if (found == options_.argv.end()) return absl::NotFoundError(absl::StrCat("it was made without ", flag));
  *std::next(found) = std::move(value);
  return absl::OkStatus();
}

absl::Status Program::WaitReady(const std::function<bool()>& cancelled) const {
  const absl::Time end = absl::Now() + kStartPatience;
  while (child_->running() && absl::Now() < end) {
    if (rpc::WaitUntilReady(options_.address, kLook)) return absl::OkStatus();
    if (cancelled()) return absl::CancelledError("cancelled");
  }
  return absl::UnavailableError(absl::StrCat(options_.argv[0], " did not become ready\n", LogTail()));
}

void Program::Kill() { child_->Kill(); }

process::ExitStatus Program::Stop() { return child_ == nullptr ? process::ExitStatus() : child_->Stop(kStopPatience); }

std::string Program::Log() const {
  std::ifstream log(options_.log_file);
  return {std::istreambuf_iterator<char>(log), std::istreambuf_iterator<char>()};
}

std::string Program::LogTail() const {
  std::deque<std::string> lines;
  std::ifstream log(options_.log_file);
  for (std::string line; std::getline(log, line);) {
    lines.push_back("  " + line);
    if (lines.size() > kTailLines) lines.pop_front();
  }
  return absl::StrCat(options_.argv[0], " wrote last:\n", absl::StrJoin(lines, "\n"), "\n");
}

}  // namespace edirae::testing
