#include "common/catalog_feed/lineage.h"

#include <utility>

namespace edirae {
namespace {

constexpr int kUnderWay = -1;

}  // namespace

Lineage::Lineage(const catalog::v1::RevisionContent& content) {
  for (const auto& migration : content.migrations()) {
    for (const std::string& target : migration.to_concept_ids()) {
      Sources& sources = sources_[target];
      sources.concept_ids.push_back(migration.from_concept_id());
      if (migration.into_existing()) sources.inherits_mastery = false;
    }
  }
}

std::vector<Ancestor> Lineage::Of(absl::string_view concept_id) const {
  std::vector<Ancestor> ancestors;
  if (!sources_.contains(concept_id)) return ancestors;
  static const Sources kNone;
  struct Step {
    std::string concept_id;
    size_t next_source = 0;
  };
  const auto sources_of = [this](const std::string& id) -> const Sources& {
    const auto found = sources_.find(id);
    return found == sources_.end() ? kNone : found->second;
  };
  // Depth first with a stack of its own: a chain of renames may be long.
  std::vector<Step> way = {{std::string(concept_id)}};
  absl::flat_hash_map<std::string, int> places = {{way.back().concept_id, kUnderWay}};
  while (!way.empty()) {
    const Sources& sources = sources_of(way.back().concept_id);
    if (way.back().next_source < sources.concept_ids.size()) {
      const std::string& source = sources.concept_ids[way.back().next_source++];
      if (places.try_emplace(source, kUnderWay).second) way.push_back({source});
      continue;
    }
    Ancestor ancestor{.concept_id = std::move(way.back().concept_id), .sources = {}, .inherits_mastery = false};
    way.pop_back();
    for (const std::string& source : sources.concept_ids) {
      if (const int place = places.at(source); place != kUnderWay) ancestor.sources.push_back(place);
    }
    ancestor.inherits_mastery = !ancestor.sources.empty() && sources.inherits_mastery;
    places[ancestor.concept_id] = static_cast<int>(ancestors.size());
    ancestors.push_back(std::move(ancestor));
  }
  return ancestors;
}

}  // namespace edirae
