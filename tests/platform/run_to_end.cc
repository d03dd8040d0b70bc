#include "tests/platform/run_to_end.h"

#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "common/testing/temp_folder.h"

namespace edirae::testing {
namespace {

constexpr absl::Duration kPatience = absl::Seconds(60);

}  // namespace

Ended RunToEnd(const std::string& program, std::vector<std::string> arguments,
               std::vector<std::pair<std::string, std::string>> environment) {
  const TempFolder folder;
  process::ChildOptions options;
  options.argv = {absl::StrCat(EDIRAE_PROGRAMS, "/", program)};
  options.argv.insert(options.argv.end(), std::make_move_iterator(arguments.begin()),
                      std::make_move_iterator(arguments.end()));
  options.environment = std::move(environment);
  options.output_file = folder.File("output");
  const auto child = process::ChildProcess::Start(options);
  if (!child.ok()) return {.status = {.code = -1, .signal = std::nullopt}, .output = child.status().ToString()};
  const auto status = (*child)->Wait(kPatience);
  std::ifstream in(options.output_file);
  std::stringstream output;
  output << in.rdbuf();
  return {.status = status.ok() ? *status : (*child)->Kill(), .output = output.str()};
}

}  // namespace edirae::testing
