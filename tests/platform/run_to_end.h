#ifndef EDIRAE_TESTS_PLATFORM_RUN_TO_END_H_
#define EDIRAE_TESTS_PLATFORM_RUN_TO_END_H_

#include <string>
#include <utility>
#include <vector>

#include "common/process/child_process.h"

namespace edirae::testing {

// How a program ended, and all that it wrote.
struct Ended {
  process::ExitStatus status;
  std::string output;
};

// Runs one of the built programs and waits for its end; kills it after a minute. Exit code -1 when it does not start.
Ended RunToEnd(const std::string& program, std::vector<std::string> arguments,
               std::vector<std::pair<std::string, std::string>> environment = {});

}  // namespace edirae::testing

#endif  // EDIRAE_TESTS_PLATFORM_RUN_TO_END_H_
