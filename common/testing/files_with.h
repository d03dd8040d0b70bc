#ifndef EDIRAE_COMMON_TESTING_FILES_WITH_H_
#define EDIRAE_COMMON_TESTING_FILES_WITH_H_

#include <string>
#include <vector>

namespace edirae::testing {

// The files below a folder that hold a text, by their paths in it.
std::vector<std::string> FilesWith(const std::string& folder, const std::string& text);

}  // namespace edirae::testing

#endif  // EDIRAE_COMMON_TESTING_FILES_WITH_H_
