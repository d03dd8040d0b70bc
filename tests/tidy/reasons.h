#ifndef EDIRAE_TESTS_TIDY_REASONS_H_
#define EDIRAE_TESTS_TIDY_REASONS_H_

#include <vector>

#include "tests/tidy/tree.h"

namespace edirae::tidy {

// docs/errors.md lists the reason of every error that the platform's code makes, and no other. Rule `reasons`; a
// finding is at the code whose reason is not listed, or at the line of the list that no code makes.
std::vector<Finding> CheckReasons(const Tree& tree);

}  // namespace edirae::tidy

#endif  // EDIRAE_TESTS_TIDY_REASONS_H_
