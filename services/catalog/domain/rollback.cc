#include "services/catalog/domain/rollback.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace edirae::catalog {
namespace {

using MigrationList = google::protobuf::RepeatedPtrField<v1::ConceptMigration>;

bool SayTheSame(const v1::ConceptMigration& a, const v1::ConceptMigration& b) {
  return a.into_existing() == b.into_existing() && std::equal(a.to_concept_ids().begin(), a.to_concept_ids().end(),
                                                              b.to_concept_ids().begin(), b.to_concept_ids().end());
}

// By the concept that they lead from.
std::map<absl::string_view, const v1::ConceptMigration*> FirstBySource(const MigrationList& migrations) {
  std::map<absl::string_view, const v1::ConceptMigration*> by_source;
  for (const v1::ConceptMigration& migration : migrations)
    by_source.try_emplace(migration.from_concept_id(), &migration);
  return by_source;
}

// What the older content accounts for: the concepts that it teaches, and those that lead on to them.
std::vector<absl::string_view> AccountedFor(const v1::RevisionContent& older) {
  std::vector<absl::string_view> ids;
  for (const v1::Roadmap& roadmap : older.roadmaps()) {
    for (const v1::Stage& stage : roadmap.stages()) {
      for (const v1::Concept& taught : stage.concepts()) ids.emplace_back(taught.concept_id());
    }
  }
  for (const v1::ConceptMigration& migration : older.migrations()) ids.emplace_back(migration.from_concept_id());
  return ids;
}

}  // namespace

MigrationList MigrationsBack(const v1::RevisionContent& head, const v1::RevisionContent& older,
                             const std::string& reason) {
  const auto kept = FirstBySource(older.migrations());
  auto since = FirstBySource(head.migrations());
  std::erase_if(since, [&](const auto& entry) {
    const auto same = kept.find(entry.first);
    return same != kept.end() && SayTheSame(*same->second, *entry.second);
  });

  std::vector<absl::string_view> way = AccountedFor(older);
  std::set<absl::string_view> accounted(way.begin(), way.end());
  const std::set<absl::string_view> first = accounted;
  std::map<absl::string_view, std::vector<absl::string_view>> back;
  while (!way.empty()) {
    const absl::string_view from = way.back();
    way.pop_back();
    const auto undone = since.find(from);
    if (undone == since.end()) continue;
    for (const std::string& to : undone->second->to_concept_ids()) {
      if (undone->second->into_existing() || first.contains(to)) continue;
      back[to].push_back(from);
      if (accounted.insert(to).second) way.emplace_back(to);
    }
    since.erase(undone);
  }

  MigrationList migrations = older.migrations();
  for (const auto& [from, migration] : since) *migrations.Add() = *migration;
  for (auto& [from, targets] : back) {
    v1::ConceptMigration& migration = *migrations.Add();
    migration.set_from_concept_id(std::string(from));
    std::sort(targets.begin(), targets.end());
    for (const absl::string_view to : targets) migration.add_to_concept_ids(std::string(to));
    migration.set_reason(reason);
  }
  return migrations;
}

}  // namespace edirae::catalog
