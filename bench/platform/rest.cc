#include "bench/platform/rest.h"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/status/macros.h"

namespace edirae::bench {
namespace {

constexpr absl::Duration kLook = absl::Milliseconds(500);
constexpr double kRestingCores = 0.1;

struct Process {
  int parent = 0;
  int64_t ticks = 0;  // of processor time used so far, by children that have ended too
};

// The fields of /proc/<pid>/stat after the program's name, which may hold anything; see proc(5).
Process ReadProcess(const std::filesystem::path& folder) {
  std::stringstream text;
  text << std::ifstream(folder / "stat").rdbuf();
  const std::string line = text.str();
  std::istringstream fields(line.substr(std::min(line.rfind(')') + 1, line.size())));
  Process process;
  std::string skipped;
  fields >> skipped >> process.parent;
  for (int i = 0; i < 9; ++i) fields >> skipped;
  for (int i = 0; i < 4; ++i) {
    int64_t ticks = 0;
    fields >> ticks;
    process.ticks += ticks;
  }
  return process;
}

std::map<int, Process> ReadProcesses() {
  std::map<int, Process> processes;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator("/proc", error)) {
    const std::string name = entry.path().filename();
    int pid = 0;
    const auto [end, parsed] = std::from_chars(name.data(), name.data() + name.size(), pid);
    if (parsed == std::errc() && end == name.data() + name.size()) processes[pid] = ReadProcess(entry.path());
  }
  return processes;
}

int64_t TicksOfDescendants() {
  const std::map<int, Process> processes = ReadProcesses();
  int64_t ticks = 0;
  for (const auto& [pid, process] : processes) {
    int ancestor = process.parent;
    while (ancestor > 1 && ancestor != getpid()) {
      const auto found = processes.find(ancestor);
      ancestor = found == processes.end() ? 0 : found->second.parent;
    }
    if (ancestor == getpid()) ticks += process.ticks;
  }
  return ticks;
}

struct Machine {
  int64_t busy = 0;
  int64_t total = 0;
};

// The first line of /proc/stat: user, nice, system, idle, iowait, irq, softirq, steal.
Machine ReadMachine() {
  std::ifstream file("/proc/stat");
  std::string name;
  file >> name;
  Machine machine;
  for (int i = 0; i < 8; ++i) {
    int64_t ticks = 0;
    file >> ticks;
    machine.total += ticks;
    if (i != 3 && i != 4) machine.busy += ticks;
  }
  return machine;
}

int64_t TicksOfOthers() { return ReadMachine().busy - TicksOfDescendants() - ReadProcess("/proc/self").ticks; }

absl::Status WaitUntilIdle(absl::string_view who, int64_t (*ticks)(), absl::Duration patience,
                           const Interrupt& interrupt) {
  const double ticks_per_second = static_cast<double>(sysconf(_SC_CLK_TCK));
  const absl::Time deadline = absl::Now() + patience;
  int64_t before = ticks();
  double cores = 0;
  do {
    EDIRAE_RETURN_IF_ERROR(interrupt.Pause(kLook));
    const int64_t now = ticks();
    cores = static_cast<double>(now - before) / ticks_per_second / absl::ToDoubleSeconds(kLook);
    if (cores < kRestingCores) return absl::OkStatus();
    before = now;
  } while (absl::Now() < deadline);
  return absl::DeadlineExceededError(
      absl::StrCat(who, " still uses ", cores, " cores after ", absl::FormatDuration(patience), " without load"));
}

}  // namespace

OtherPrograms::OtherPrograms() : machine_(ReadMachine().total), others_(TicksOfOthers()) {}

double OtherPrograms::ProcessorShare() const {
  const int64_t total = ReadMachine().total - machine_;
  if (total <= 0) return 0;
  return std::clamp(static_cast<double>(TicksOfOthers() - others_) / static_cast<double>(total), 0.0, 1.0);
}

absl::Status WaitForRest(absl::Duration patience, const Interrupt& interrupt) {
  return WaitUntilIdle("the platform", TicksOfDescendants, patience, interrupt);
}

absl::Status WaitForOwnRest(absl::Duration patience, const Interrupt& interrupt) {
  return WaitUntilIdle(
      "this program", [] { return ReadProcess("/proc/self").ticks; }, patience, interrupt);
}

}  // namespace edirae::bench
