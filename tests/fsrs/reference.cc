#include "tests/fsrs/reference.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "common/status/macros.h"

namespace edirae::testing {
namespace {

using recommend::memory::Card;
using recommend::memory::Rating;

constexpr double kTolerance = 1.0001e-8;  // one unit in the last decimal that FSRS keeps
constexpr double kRetention = 0.9;        // the default of ts-fsrs

std::string Difference(absl::string_view name, double ours, double theirs) {
  if (std::abs(ours - theirs) <= kTolerance * std::max(1.0, std::abs(theirs))) return "";
  return absl::StrFormat("%s is %.17g and should be %.17g; ", name, ours, theirs);
}

}  // namespace

absl::StatusOr<ReferenceReview> ParseReferenceReview(const std::string& line) {
  const std::vector<std::string> fields = absl::StrSplit(line, '\t');
  ReferenceReview review;
  int rating = 0;
  if (fields.size() != 7 || !absl::SimpleAtoi(fields[1], &review.ts_ms) || !absl::SimpleAtoi(fields[2], &rating) ||
      rating < 1 || rating > 4 || !absl::SimpleAtod(fields[3], &review.stability) ||
      !absl::SimpleAtod(fields[4], &review.difficulty) || !absl::SimpleAtod(fields[5], &review.retrievability_before) ||
      !absl::SimpleAtoi(fields[6], &review.due_ms)) {
    return absl::InvalidArgumentError(absl::StrCat("not a line of the reference: ", line));
  }
  review.card_id = fields[0];
  review.rating = static_cast<Rating>(rating);
  return review;
}

std::string Comparison::Play(const ReferenceReview& review) {
  Card& card = cards_[review.card_id];
  const double retrievability = scheduler_.Retrievability(card, review.ts_ms);
  const absl::StatusOr<Card> next = scheduler_.Review(card, review.ts_ms, review.rating, kRetention);
  if (!next.ok()) return std::string(next.status().message());
  card = *next;
  std::string different = absl::StrCat(Difference("stability", card.stability, review.stability),
                                       Difference("difficulty", card.difficulty(), review.difficulty),
                                       Difference("retrievability", retrievability, review.retrievability_before));
  if (card.due_ms() != review.due_ms) {
    absl::StrAppend(&different, "due_ms is ", card.due_ms(), " and should be ", review.due_ms);
  }
  if (different.empty()) return "";
  return absl::StrCat(review.card_id, " at ", review.ts_ms, " rated ", NumberOf(review.rating), ": ", different);
}

}  // namespace edirae::testing
