#include "services/catalog/domain/nearest.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace edirae::catalog {
namespace {

constexpr size_t kLongestWord = 200;  // longer ones are no slips, and the comparison is quadratic

// Optimal string alignment distance; `limit` when it is that or more.
size_t Distance(absl::string_view a, absl::string_view b, size_t limit) {
  if (std::max(a.size(), b.size()) - std::min(a.size(), b.size()) >= limit) return limit;
  std::vector<size_t> before_last(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({replaced, last[j] + 1, row[j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before_last[j - 2] + 1);
      }
    }
    if (*std::min_element(row.begin(), row.end()) >= limit && *std::min_element(last.begin(), last.end()) >= limit) {
      return limit;
    }
    before_last.swap(last);
    last.swap(row);
  }
  return std::min(last[b.size()], limit);
}

}  // namespace

std::string DidYouMean(absl::string_view word, const std::vector<absl::string_view>& candidates,
                       absl::string_view otherwise) {
  if (word.size() > kLongestWord) return std::string(otherwise);
  size_t fewest = std::max<size_t>(2, word.size() / 4) + 1;
  absl::string_view nearest;
  for (const absl::string_view candidate : candidates) {
    if (candidate.size() > kLongestWord) continue;
    const size_t distance = Distance(word, candidate, fewest);
    if (distance < fewest && distance < candidate.size()) {
      fewest = distance;
      nearest = candidate;
    }
  }
  return nearest.empty() ? std::string(otherwise) : absl::StrCat("did you mean '", nearest, "'?");
}

}  // namespace edirae::catalog
