#include "services/catalog/domain/shuffle.h"

#include <xxhash.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"

namespace edirae::catalog {
namespace {

// Never changes: learners see the same order in every revision.
uint64_t PlaceOf(const std::string& question_id, const std::string& choice_id) {
  const std::string name = absl::StrCat(question_id, "/", choice_id);
  return XXH64(name.data(), name.size(), 0);
}

}  // namespace

void ShuffleItems(v1::KeyedQuestion& keyed) {
  v1::Question& question = *keyed.mutable_question();
  if (question.kind() != v1::QUESTION_KIND_ORDERING) return;
  auto& items = *question.mutable_choices();
  std::sort(items.begin(), items.end(), [&](const v1::Choice& a, const v1::Choice& b) {
    return std::pair(PlaceOf(question.question_id(), a.choice_id()), a.choice_id()) <
           std::pair(PlaceOf(question.question_id(), b.choice_id()), b.choice_id());
  });
  const bool right = std::equal(items.begin(), items.end(), keyed.key().order().choice_ids().begin(),
                                keyed.key().order().choice_ids().end(),
                                [](const v1::Choice& item, const std::string& id) { return item.choice_id() == id; });
  if (right && items.size() > 1) std::rotate(items.begin(), items.begin() + 1, items.end());
}

}  // namespace edirae::catalog
