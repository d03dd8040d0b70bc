#include "cli/catalog/criterion_words.h"

#include <cmath>

#include "absl/strings/str_cat.h"

namespace edirae::cli {
namespace {

std::string Percent(double share) { return absl::StrCat(std::lround(share * 100), " %"); }

}  // namespace

std::vector<std::string> CriterionInWords(const catalog::v1::MasteryCriterion& criterion) {
  std::vector<std::string> words;
  words.push_back(absl::StrCat(criterion.min_distinct_correct(), " different questions right",
                               criterion.without_hints() ? ", without a hint." : "."));
  if (criterion.min_correct_in_window() > 0) {
    words.push_back(
        absl::StrCat(criterion.min_correct_in_window(), " of the newest ", criterion.window(), " answers right."));
  }
  if (criterion.min_accuracy() > 0) {
    words.push_back(absl::StrCat("By the newest ", criterion.window(), " answers it is 90 % sure that at least ",
                                 Percent(criterion.min_accuracy()), " is known and not guessed."));
  }
  if (criterion.right_again_after_hours() > 0) {
    words.push_back(absl::StrCat("Right again at least ", criterion.right_again_after_hours(), " hours later."));
  }
  words.push_back(criterion.lapse_below() > 0
                      ? absl::StrCat("Mastery lapses when the newest answers since make it 90 % sure that less than ",
                                     Percent(criterion.lapse_below()), " is known.")
                      : "Mastery stays.");
  return words;
}

}  // namespace edirae::cli
