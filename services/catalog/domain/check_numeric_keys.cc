#include <cmath>

#include "absl/strings/str_cat.h"
#include "common/matching/near.h"
#include "services/catalog/domain/question_checks.h"
#include "services/catalog/limits.h"

namespace edirae::catalog {
namespace {

bool CheckFinite(const Path& at, absl::string_view what, double value, Checker& check) {
  if (std::isfinite(value)) return true;
  check.Add(at, absl::StrCat(what, " is out of range"), "write a number that fits 64-bit floating point");
  return false;
}

void CheckWrongNumbers(const v1::NumericKey& key, const Path& at, const Misconceptions& known, Checker& check) {
  check.Count(at.Field("wrong_numbers"), "wrong answers", key.wrong_numbers_size(), limits::kMinWrongNumbers,
              limits::kMaxWrongNumbers);
  for (int i = 0; i < key.wrong_numbers_size(); ++i) {
    const v1::WrongNumber& wrong = key.wrong_numbers(i);
    const Path entry = at.Field("wrong_numbers", i);
    known.CheckFeedback(entry.Field("feedback"), wrong.feedback());
    if (!CheckFinite(entry.Field("value"), "the wrong answer", wrong.value(), check)) continue;
    if (IsNear(wrong.value(), key.answer(), key.tolerance())) {
      check.Add(entry.Field("value"),
                absl::StrCat("the wrong answer ", wrong.value(), " lies within the tolerance of the right one, ",
                             key.answer()),
                "remove it, or lower the tolerance");
    }
    for (int before = 0; before < i && before < limits::kMaxWrongNumbers; ++before) {
      if (!IsNear(wrong.value(), key.wrong_numbers(before).value(), 2 * key.tolerance())) continue;
      check.Add(entry.Field("value"),
                absl::StrCat("the wrong answers ", key.wrong_numbers(before).value(), " and ", wrong.value(),
                             " overlap within the tolerance"),
                "remove one, or lower the tolerance");
    }
  }
}

}  // namespace

void CheckNumericKey(const v1::NumericKey& key, const Path& path, const Misconceptions& known, Checker& check) {
  const Path at = path.Field("key").Field("numeric");
  CheckFinite(at.Field("answer"), "the answer", key.answer(), check);
  if (CheckFinite(at.Field("tolerance"), "the tolerance", key.tolerance(), check) && key.tolerance() < 0) {
    check.Add(at.Field("tolerance"), absl::StrCat("the tolerance is ", key.tolerance()), "give 0 or more");
  }
  CheckWrongNumbers(key, at, known, check);
  check.Markdown(at.Field("other_feedback"), "other_feedback", key.other_feedback(), limits::kMaxChoiceLength);
}

}  // namespace edirae::catalog
