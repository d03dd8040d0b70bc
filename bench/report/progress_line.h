#ifndef EDIRAE_BENCH_REPORT_PROGRESS_LINE_H_
#define EDIRAE_BENCH_REPORT_PROGRESS_LINE_H_

#include <string>

#include "absl/strings/string_view.h"

namespace edirae::bench {

// Says on standard error what is going on: one line that is overwritten on a terminal, a line for each step elsewhere.
// Not thread-safe.
class ProgressLine {
 public:
  ProgressLine();
  ~ProgressLine();  // Clear()

  void Show(absl::string_view doing);
  // Removes the line, so that something else can be printed.
  void Clear();

 private:
  const bool terminal_;
};

// Whether `descriptor` is a terminal that should get colours: NO_COLOR (no-color.org) is respected.
bool WantsColour(int descriptor);

}  // namespace edirae::bench

#endif  // EDIRAE_BENCH_REPORT_PROGRESS_LINE_H_
