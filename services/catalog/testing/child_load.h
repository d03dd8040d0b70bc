#ifndef EDIRAE_SERVICES_CATALOG_TESTING_CHILD_LOAD_H_
#define EDIRAE_SERVICES_CATALOG_TESTING_CHILD_LOAD_H_

#include <string>
#include <vector>

namespace edirae::catalog::testing {

// What a process of its own found in a content folder, and what that cost.
struct ChildLoad {
  std::vector<std::string> findings;  // as an author sees them, with the folder taken off; at most ten thousand
  double cpu_seconds = 0;
  double peak_megabytes = 0;  // resident
};

// Loads the folder in a child process without privileges, so that it must be readable for everybody. The child is
// killed after two minutes; a child that does not end well fails the test.
ChildLoad LoadInChild(const std::string& folder);

}  // namespace edirae::catalog::testing

#endif  // EDIRAE_SERVICES_CATALOG_TESTING_CHILD_LOAD_H_
