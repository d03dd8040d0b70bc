#ifndef EDIRAE_COMMON_TESTING_SHARED_POSTGRES_H_
#define EDIRAE_COMMON_TESTING_SHARED_POSTGRES_H_

#include <string>

namespace edirae::testing {

// postgresql://... of a database that belongs to `folder`, empty when it is first asked for, on one server for all
// tests of this process. Empty, and the test has failed, when there is none.
std::string DatabaseOf(const std::string& folder);

}  // namespace edirae::testing

#endif  // EDIRAE_COMMON_TESTING_SHARED_POSTGRES_H_
