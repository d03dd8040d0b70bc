#ifndef EDIRAE_SERVICES_CATALOG_DOMAIN_NEAREST_H_
#define EDIRAE_SERVICES_CATALOG_DOMAIN_NEAREST_H_

#include <string>
#include <string_view>
#include <vector>

namespace edirae::catalog {

// "did you mean 'x'?" for the candidate that takes the fewest edits (insertions, deletions, replacements and swaps of
// neighbours), when those are few enough for a slip; otherwise `otherwise`.
std::string DidYouMean(std::string_view word, const std::vector<std::string_view>& candidates,
                       std::string_view otherwise);

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_DOMAIN_NEAREST_H_
