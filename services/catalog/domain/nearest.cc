#include "services/catalog/domain/nearest.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/matching/edit_distance.h"

namespace edirae::catalog {
namespace {

constexpr size_t kLongestWord = 200;  // longer ones are no slips, and the comparison is quadratic

}  // namespace

std::string DidYouMean(absl::string_view word, const std::vector<absl::string_view>& candidates,
                       absl::string_view otherwise) {
  if (word.size() > kLongestWord) return std::string(otherwise);
  size_t fewest = std::max<size_t>(2, word.size() / 4) + 1;
  absl::string_view nearest;
  for (const absl::string_view candidate : candidates) {
    if (candidate.size() > kLongestWord) continue;
    const size_t distance = EditDistance(word, candidate, fewest - 1);
    if (distance < fewest && distance < candidate.size()) {
      fewest = distance;
      nearest = candidate;
    }
  }
  return nearest.empty() ? std::string(otherwise) : absl::StrCat("did you mean '", nearest, "'?");
}

}  // namespace edirae::catalog
