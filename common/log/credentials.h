#ifndef EDIRAE_COMMON_LOG_CREDENTIALS_H_
#define EDIRAE_COMMON_LOG_CREDENTIALS_H_

#include <string>

#include "absl/strings/string_view.h"

namespace edirae::log {

// A url, or several separated by commas, without the names and passwords in it: what a log may show.
std::string WithoutCredentials(absl::string_view urls);

}  // namespace edirae::log

#endif  // EDIRAE_COMMON_LOG_CREDENTIALS_H_
