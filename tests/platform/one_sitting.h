#ifndef EDIRAE_TESTS_PLATFORM_ONE_SITTING_H_
#define EDIRAE_TESTS_PLATFORM_ONE_SITTING_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/testing/temp_folder.h"

namespace edirae::testing {

// A copy of the shipped content in `folder` by which a concept is mastered with three different right answers at once:
// a test cannot wait for the day after. Returns where it is. Errors of the file system; INTERNAL when a roadmap has no
// criterion to replace.
absl::StatusOr<std::string> ContentForOneSitting(const TempFolder& folder);

}  // namespace edirae::testing

#endif  // EDIRAE_TESTS_PLATFORM_ONE_SITTING_H_
