#include "bench/report/progress_line.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace edirae::bench {

ProgressLine::ProgressLine() : terminal_(isatty(STDERR_FILENO) == 1) {}

ProgressLine::~ProgressLine() { Clear(); }

void ProgressLine::Show(absl::string_view doing) {
  const char* shape = terminal_ ? "\r\x1b[K%s …" : "%s\n";
  std::fprintf(stderr, shape, std::string(doing).c_str());
  std::fflush(stderr);
}

void ProgressLine::Clear() {
  if (!terminal_) return;
  std::fputs("\r\x1b[K", stderr);
  std::fflush(stderr);
}

bool WantsColour(int descriptor) {
  const char* refused = std::getenv("NO_COLOR");
  return isatty(descriptor) == 1 && (refused == nullptr || *refused == '\0');
}

}  // namespace edirae::bench
