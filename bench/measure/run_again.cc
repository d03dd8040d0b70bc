#include "bench/measure/run_again.h"

#include <fstream>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/process/child_process.h"
#include "common/status/macros.h"
#include "common/testing/temp_folder.h"

namespace edirae::bench {
namespace {

constexpr absl::Duration kChildPatience = absl::Minutes(2);

}  // namespace

absl::StatusOr<std::vector<double>> RunAgain(const std::vector<std::string>& arguments, size_t count) {
  const testing::TempFolder folder;
  process::ChildOptions options;
  options.argv = {"/proc/self/exe"};
  options.argv.insert(options.argv.end(), arguments.begin(), arguments.end());
  options.output_file = folder.File("output");
  EDIRAE_ASSIGN_OR_RETURN(const auto child, process::ChildProcess::Start(options));
  EDIRAE_ASSIGN_OR_RETURN(const auto ended, child->Wait(kChildPatience));
  std::ifstream output(options.output_file);
  std::vector<double> figures(count);
  for (double& figure : figures) output >> figure;
  if (ended.success() && output) return figures;
  return absl::InternalError(absl::StrCat(arguments[0], " ended with ", ended.ToString()));
}

}  // namespace edirae::bench
