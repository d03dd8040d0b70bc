#ifndef EDIRAE_SERVICES_CATALOG_DOMAIN_NEAREST_H_
#define EDIRAE_SERVICES_CATALOG_DOMAIN_NEAREST_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace edirae::catalog {

// "did you mean 'x'?" for the candidate that takes the fewest edits (insertions, deletions, replacements and swaps of
// neighbours), when those are few enough for a slip; otherwise `otherwise`.
std::string DidYouMean(absl::string_view word, const std::vector<absl::string_view>& candidates,
                       absl::string_view otherwise);

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_DOMAIN_NEAREST_H_
