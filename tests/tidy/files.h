#ifndef EDIRAE_TESTS_TIDY_FILES_H_
#define EDIRAE_TESTS_TIDY_FILES_H_

#include <vector>

#include "tests/tidy/tree.h"

namespace edirae::tidy {

// What each file of the repository must be like. Rules, by the name in the finding:
//   length    code, contracts and scripts have at most 400 lines: one that grows past is two things
//   binary    no binaries
//   generated nothing that the build makes
//   limits    each service and the gateway has its bounds in one limits.h
//   registry  no address of a package registry or mirror: each machine has its own
//   machine   no path that only the workplace of the authors has
std::vector<Finding> CheckFiles(const Tree& tree);

}  // namespace edirae::tidy

#endif  // EDIRAE_TESTS_TIDY_FILES_H_
