#include "services/recommend/domain/learner_state.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "xxhash.h"

namespace edirae::recommend {
namespace {

bool KeyLess(const ConceptState& state, IdKey key) { return state.key < key; }

}  // namespace

IdKey KeyOf(absl::string_view id) { return XXH64(id.data(), id.size(), 0); }

IdKey StageKeyOf(absl::string_view roadmap_id, absl::string_view stage_id) {
  return KeyOf(absl::StrCat(roadmap_id, "/", stage_id));
}

const ConceptState* LearnerState::Find(IdKey key) const {
  const auto found = std::lower_bound(concepts.begin(), concepts.end(), key, KeyLess);
  return found != concepts.end() && found->key == key ? &*found : nullptr;
}

ConceptState& LearnerState::At(IdKey key) {
  auto found = std::lower_bound(concepts.begin(), concepts.end(), key, KeyLess);
  if (found == concepts.end() || found->key != key) {
    found = concepts.insert(found, ConceptState());
    found->key = key;
  }
  return *found;
}

bool LearnerState::Passed(IdKey stage) const {
  return std::find(passed_stages.begin(), passed_stages.end(), stage) != passed_stages.end();
}

}  // namespace edirae::recommend
