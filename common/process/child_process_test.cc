#include "common/process/child_process.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cinttypes>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <thread>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/testing/eventually.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_folder.h"

namespace edirae::process {
namespace {

using ::edirae::testing::Eventually;
using ::edirae::testing::StatusIs;
using ::edirae::testing::TempFolder;
using ::testing::AnyOf;
using ::testing::HasSubstr;

constexpr absl::Duration kSoon = absl::Seconds(10);

ChildOptions Shell(const std::string& script, const std::string& output_file = "") {
  return {.argv = {"sh", "-c", script}, .environment = {}, .working_folder = "", .output_file = output_file};
}

std::string Contents(const std::string& path) {
  std::ifstream file(path);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

// Neither there nor a zombie. A process whose pid this is not a child of ours any more cannot be waited for.
bool Gone(pid_t pid) {
  std::ifstream file(absl::StrCat("/proc/", pid, "/stat"));
  std::string stat((std::istreambuf_iterator<char>(file)), {});
  return stat.empty() || absl::StrContains(stat, ") Z ");
}

TEST(ChildProcess, ReportsTheExitCode) {
  ASSERT_OK_AND_ASSIGN(auto child, ChildProcess::Start(Shell("exit 3")));
  ASSERT_OK_AND_ASSIGN(ExitStatus exit, child->Wait(kSoon));
  EXPECT_EQ(exit.code, 3);
  EXPECT_EQ(exit.ToString(), "exit code 3");
  EXPECT_FALSE(child->running());
  EXPECT_THAT(child->Signal(SIGTERM), StatusIs(absl::StatusCode::kFailedPrecondition));
}

TEST(ChildProcess, ReportsTheSignal) {
  ASSERT_OK_AND_ASSIGN(auto child, ChildProcess::Start(Shell("kill -9 $$")));
  ASSERT_OK_AND_ASSIGN(ExitStatus exit, child->Wait(kSoon));
  EXPECT_EQ(exit.signal, SIGKILL);
}

TEST(ChildProcess, MissingProgramIsNotFound) {
  EXPECT_THAT(ChildProcess::Start(
                  {.argv = {"no-such-program-here"}, .environment = {}, .working_folder = "", .output_file = ""}),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("no-such-program-here")));
  EXPECT_THAT(
      ChildProcess::Start({.argv = {"/no/such/program"}, .environment = {}, .working_folder = "", .output_file = ""}),
      StatusIs(absl::StatusCode::kNotFound, HasSubstr("execute")));
  EXPECT_THAT(ChildProcess::Start({}), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(ChildProcess, WritesOutputAndSeesTheEnvironment) {
  TempFolder folder;
  ChildOptions options = Shell("echo $COLOUR in $(pwd); echo $HOME >&2", folder.File("out"));
  options.environment = {{"COLOUR", "green"}, {"HOME", "/nowhere"}};
  options.working_folder = folder.path();
  ASSERT_OK_AND_ASSIGN(auto child, ChildProcess::Start(options));
  ASSERT_OK(child->Wait(kSoon));
  EXPECT_EQ(Contents(folder.File("out")), absl::StrCat("green in ", folder.path(), "\n/nowhere\n"));
}

TEST(ChildProcess, WaitIsBounded) {
  ASSERT_OK_AND_ASSIGN(auto child, ChildProcess::Start(Shell("sleep 100")));
  EXPECT_THAT(child->Wait(absl::Milliseconds(20)), StatusIs(absl::StatusCode::kDeadlineExceeded));
  EXPECT_TRUE(child->running());
}

TEST(ChildProcess, PausesAndResumes) {
  ASSERT_OK_AND_ASSIGN(auto child, ChildProcess::Start(Shell("sleep 100")));
  ASSERT_OK(child->Pause());
  EXPECT_TRUE(absl::StrContains(Contents(absl::StrCat("/proc/", child->pid(), "/stat")), ") T "));
  EXPECT_TRUE(child->running());
  ASSERT_OK(child->Resume());
  EXPECT_TRUE(
      Eventually([&] { return !absl::StrContains(Contents(absl::StrCat("/proc/", child->pid(), "/stat")), ") T "); }));
  child->Kill();
  EXPECT_THAT(child->Pause(), StatusIs(absl::StatusCode::kFailedPrecondition));
}

TEST(ChildProcess, StopEscalatesToKill) {
  TempFolder folder;
  ASSERT_OK_AND_ASSIGN(
      auto child, ChildProcess::Start(Shell("trap '' TERM; echo up; while :; do sleep 1; done", folder.File("out"))));
  ASSERT_TRUE(Eventually([&] { return Contents(folder.File("out")) == "up\n"; }));
  EXPECT_EQ(child->Stop(absl::Milliseconds(50)).signal, SIGKILL);
}

TEST(ChildProcess, DestructionKillsTheWholeGroup) {
  TempFolder folder;
  pid_t grandchild = 0;
  {
    ASSERT_OK_AND_ASSIGN(auto child, ChildProcess::Start(Shell("sleep 1000 & echo $!; wait", folder.File("out"))));
    ASSERT_TRUE(Eventually([&] { return absl::StrContains(Contents(folder.File("out")), '\n'); }));
    grandchild = std::stoi(Contents(folder.File("out")));
    ASSERT_FALSE(Gone(grandchild));
  }
  EXPECT_TRUE(Eventually([&] { return Gone(grandchild); }));
}

TEST(ChildProcess, HasAGroupOfItsOwnSoThatCtrlCPassesItBy) {
  ASSERT_OK_AND_ASSIGN(auto child, ChildProcess::Start(Shell("sleep 100")));
  EXPECT_EQ(::getpgid(child->pid()), child->pid());
  EXPECT_NE(::getpgid(child->pid()), ::getpgrp());
}

TEST(ChildProcess, OutlivesTheThreadThatStartedIt) {
  std::unique_ptr<ChildProcess> child;
  std::thread([&] {
    absl::StatusOr<std::unique_ptr<ChildProcess>> started = ChildProcess::Start(Shell("sleep 100"));
    ASSERT_OK(started);
    child = *std::move(started);
  }).join();
  ASSERT_NE(child, nullptr);
  EXPECT_THAT(child->Wait(absl::Milliseconds(100)), StatusIs(absl::StatusCode::kDeadlineExceeded));
}

TEST(ChildProcess, StartsWithNoSignalBlocked) {
  TempFolder folder;
  sigset_t blocked, before;
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGTERM);
  ASSERT_EQ(::pthread_sigmask(SIG_BLOCK, &blocked, &before), 0);
  ASSERT_OK_AND_ASSIGN(auto child, ChildProcess::Start({.argv = {"grep", "-E", "Sig(Blk|Ign)", "/proc/self/status"},
                                                        .environment = {},
                                                        .working_folder = "",
                                                        .output_file = folder.File("out")}));
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  ASSERT_OK(child->Wait(kSoon));
  uint64_t still_blocked = 1, still_ignored = 1;
  ASSERT_EQ(std::sscanf(Contents(folder.File("out")).c_str(), "SigBlk: %" SCNx64 " SigIgn: %" SCNx64, &still_blocked,
                        &still_ignored),
            2);
  EXPECT_EQ(still_blocked, 0u);
  // 32 and 33 belong to the C library, which lets nobody change what was inherited of them.
  EXPECT_EQ(still_ignored & ~uint64_t{0x180000000}, 0u);
}

TEST(ChildProcess, InheritsNoDescriptor) {
  TempFolder folder;
  int leaky[2];
  ASSERT_EQ(::pipe(leaky), 0);  // without O_CLOEXEC
  ASSERT_OK_AND_ASSIGN(
      auto child, ChildProcess::Start(Shell(absl::StrCat("[ -e /proc/self/fd/", leaky[1], " ] && exit 9; exit 0"))));
  ASSERT_OK_AND_ASSIGN(ExitStatus exit, child->Wait(kSoon));
  EXPECT_TRUE(exit.success()) << exit.ToString();
  ::close(leaky[0]);
  ::close(leaky[1]);
}

// Run as a program of its own by DiesWithItsParent: starts a child, writes its pid and waits to be killed.
TEST(ChildProcess, DISABLED_ParentForDiesWithItsParent) {
  ASSERT_OK_AND_ASSIGN(auto child, ChildProcess::Start(Shell("sleep 1000")));
  std::ofstream(std::getenv("PID_FILE")) << child->pid() << "\n";
  child->Wait(absl::Seconds(60)).IgnoreError();
}

TEST(ChildProcess, DiesWithItsParent) {
  TempFolder folder;
  ASSERT_OK_AND_ASSIGN(auto parent,
                       ChildProcess::Start({.argv = {"/proc/self/exe", "--gtest_also_run_disabled_tests",
                                                     "--gtest_filter=ChildProcess.DISABLED_ParentForDiesWithItsParent"},
                                            .environment = {{"PID_FILE", folder.File("pid")}},
                                            .working_folder = "",
                                            .output_file = folder.File("out")}));
  ASSERT_TRUE(Eventually([&] { return absl::StrContains(Contents(folder.File("pid")), '\n'); }))
      << Contents(folder.File("out"));
  const pid_t grandchild = std::stoi(Contents(folder.File("pid")));
  ASSERT_FALSE(Gone(grandchild));
  ASSERT_OK(parent->Signal(SIGKILL));  // not its group
  EXPECT_TRUE(Eventually([&] { return Gone(grandchild); }));
}

}  // namespace
}  // namespace edirae::process
