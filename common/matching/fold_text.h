#ifndef EDIRAE_COMMON_MATCHING_FOLD_TEXT_H_
#define EDIRAE_COMMON_MATCHING_FOLD_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"

// Texts brought into a form in which what means the same is the same. Both functions are idempotent, take UTF-8, and
// keep bytes that are none as they are. Cost is linear.
namespace edirae {

// Without case and accents of Latin letters, each run of white space as one blank, none at the ends: "Ça  VA\n" gives
// "ca va". Ligatures become their letters ("æ" gives "ae", "ß" gives "ss"); other scripts stay as they are.
std::string FoldText(absl::string_view text);

// The same, and without blanks, hyphens, dashes and soft hyphens anywhere and without punctuation at the ends:
// "“Over-fitting”." gives "overfitting". Symbols such as + and # are no punctuation: "C++" and "C#" stay apart.
std::string FoldAnswer(absl::string_view text);

}  // namespace edirae

#endif  // EDIRAE_COMMON_MATCHING_FOLD_TEXT_H_
