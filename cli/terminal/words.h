#ifndef EDIRAE_CLI_TERMINAL_WORDS_H_
#define EDIRAE_CLI_TERMINAL_WORDS_H_

#include <string>

#include "absl/strings/string_view.h"

namespace edirae::cli {

// The name of an enumeration's value without its prefix: RESOURCE_KIND_LECTURE_NOTES -> "lecture notes".
std::string EnumInWords(absl::string_view name, absl::string_view prefix);

}  // namespace edirae::cli

#endif  // EDIRAE_CLI_TERMINAL_WORDS_H_
