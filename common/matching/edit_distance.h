#ifndef EDIRAE_COMMON_MATCHING_EDIT_DISTANCE_H_
#define EDIRAE_COMMON_MATCHING_EDIT_DISTANCE_H_

#include <cstddef>

#include "absl/strings/string_view.h"

namespace edirae {

// How many slips lie between two words: insertions, deletions and replacements of a byte and swaps of neighbours, no
// part edited twice (optimal string alignment). Exact up to `limit`; `limit + 1` for anything above. Takes time and
// memory in proportion to the product of the sizes, less when they differ by more than `limit`.
size_t EditDistance(absl::string_view a, absl::string_view b, size_t limit);

}  // namespace edirae

#endif  // EDIRAE_COMMON_MATCHING_EDIT_DISTANCE_H_
