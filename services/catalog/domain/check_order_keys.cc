#include <algorithm>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/catalog/domain/question_checks.h"
#include "services/catalog/limits.h"

namespace edirae::catalog {
namespace {

using Ids = google::protobuf::RepeatedPtrField<std::string>;

std::vector<std::string> Sorted(const Ids& ids) {
  std::vector<std::string> sorted(ids.begin(), ids.end());
  std::sort(sorted.begin(), sorted.end());
  return sorted;
}

// Whether `ids` names each item of the question exactly once.
bool IsPermutation(const Ids& ids, const v1::Question& question) {
  Ids items;
  for (const v1::Choice& choice : question.choices()) *items.Add() = choice.choice_id();
  return Sorted(ids) == Sorted(items);
}

}  // namespace

void CheckOrderKey(const v1::KeyedQuestion& keyed, const Path& path, const Misconceptions& known, Checker& check) {
  if (keyed.question().choices_size() > limits::kMaxItems) return;  // reported with the items
  const v1::OrderKey& key = keyed.key().order();
  const Path at = path.Field("key").Field("order");
  if (!IsPermutation(key.choice_ids(), keyed.question())) {
    check.Add(at.Field("choice_ids"), "the right order does not name every item once", "write each item once");
  }
  check.Count(at.Field("wrong_orders"), "wrong orders", key.wrong_orders_size(), 0, limits::kMaxWrongAnswers);
  const std::string right = absl::StrJoin(key.choice_ids(), ", ");
  absl::flat_hash_set<std::string> seen;
  for (int i = 0; i < key.wrong_orders_size(); ++i) {
    const v1::WrongOrder& wrong = key.wrong_orders(i);
    const Path entry = at.Field("wrong_orders", i);
    const std::string order = absl::StrJoin(wrong.choice_ids(), ", ");
    if (!IsPermutation(wrong.choice_ids(), keyed.question())) {
      check.Add(entry.Field("choice_ids"), absl::StrCat("the order [", order, "] does not name every item once"),
                absl::StrCat("arrange ", right));
    } else if (order == right) {
      check.Add(entry.Field("choice_ids"), "the wrong order is the right one", "exchange two items, or remove it");
    } else if (!seen.insert(order).second) {
      check.Add(entry.Field("choice_ids"), absl::StrCat("the order [", order, "] is given twice"), "remove one");
    }
    known.CheckFeedback(entry.Field("feedback"), wrong.feedback());
  }
  check.Markdown(at.Field("other_feedback"), "other_feedback", key.other_feedback(), limits::kMaxChoiceLength);
}

}  // namespace edirae::catalog
