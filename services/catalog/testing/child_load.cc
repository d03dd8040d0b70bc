#include "services/catalog/testing/child_load.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "services/catalog/load_content.h"

namespace edirae::catalog::testing {
namespace {

constexpr unsigned kPatienceSeconds = 120;  // on a busy machine
constexpr uid_t kNobody = 65534;
constexpr size_t kShown = 10'000;

[[noreturn]] void LoadAndWrite(const std::string& folder, int output) {
  alarm(kPatienceSeconds);
  if (geteuid() == 0 && setuid(kNobody) != 0) _exit(2);
  const LoadedContent loaded = LoadContent(folder);
  FILE* const out = fdopen(output, "w");
  for (size_t i = 0; i < loaded.findings.size() && i < kShown; ++i) {
    std::fprintf(out, "%s\n", ToString(loaded.findings[i]).c_str());
  }
  std::fclose(out);
  _exit(0);
}

std::string ReadAll(int fd) {
  std::string text;
  char buffer[4096];
  for (ssize_t got; (got = read(fd, buffer, sizeof buffer)) > 0;) text.append(buffer, static_cast<size_t>(got));
  return text;
}

double Seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

}  // namespace

ChildLoad LoadInChild(const std::string& folder) {
  int ends[2];
  if (pipe(ends) != 0) std::abort();
  const pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    LoadAndWrite(folder, ends[1]);
  }
  close(ends[1]);
  const std::string text = absl::StrReplaceAll(ReadAll(ends[0]), {{folder + "/", ""}});
  close(ends[0]);
  int status = 0;
  rusage usage{};
  if (wait4(child, &status, 0, &usage) != child) std::abort();
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << "the child ended with status " << status;
  return {absl::StrSplit(text, '\n', absl::SkipEmpty()), Seconds(usage.ru_utime) + Seconds(usage.ru_stime),
          static_cast<double>(usage.ru_maxrss) / 1024};
}

}  // namespace edirae::catalog::testing
