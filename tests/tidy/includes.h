#ifndef EDIRAE_TESTS_TIDY_INCLUDES_H_
#define EDIRAE_TESTS_TIDY_INCLUDES_H_

#include <vector>

#include "tests/tidy/tree.h"

namespace edirae::tidy {

// The dependency rule of ARCHITECTURE.md, read off the #include lines. Rules, by the name in the finding:
//   services  catalog, progress, recommend and gateway never include each other; they share proto/ and common/
//   common    common/ includes nothing that is built on it
//   programs  nobody includes cli/, bench/ or tests/
//   layers    main -> rpc, adapters -> domain; limits.h and errors.h of a service are open to all of it
//   domain    domain/ sees no RPC, bus, database, log, clock, thread or file, not even through another header
//   testing   only tests include a testing/ folder
//   folder    a service has domain/, adapters/, rpc/ and testing/
//   path      our headers are included by their path from the root
// Unit tests (*_test.cc), testing/, bench/ and tests/ may include everything, by its path.
std::vector<Finding> CheckIncludes(const Tree& tree);

}  // namespace edirae::tidy

#endif  // EDIRAE_TESTS_TIDY_INCLUDES_H_
