#include "services/catalog/domain/succession.h"

#include <algorithm>
#include <string>

#include "absl/container/btree_map.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/catalog/domain/checker.h"
#include "services/catalog/domain/curriculum.h"

namespace edirae::catalog {
namespace {

// Places in `migrations`.
using MigrationsBySource = absl::flat_hash_map<absl::string_view, int>;

MigrationsBySource BySource(const v1::RevisionContent& content) {
  MigrationsBySource by_source;
  for (int i = 0; i < content.migrations_size(); ++i) by_source.try_emplace(content.migrations(i).from_concept_id(), i);
  return by_source;
}

// What an id stands for, apart from its text.
struct Meaning {
  std::string owner;
  std::string kind;

  friend bool operator==(const Meaning&, const Meaning&) = default;
};
using Meanings = absl::flat_hash_map<absl::string_view, Meaning>;

std::string OwnerOf(const v1::Question& question) {
  return question.concept_ids().empty() ? "" : question.concept_ids(0);
}

// Resources are shared inside a roadmap, and may move there.
template <class See>
void EachResource(const v1::RevisionContent& content, const See& see) {
  absl::flat_hash_map<absl::string_view, const std::string*> roadmap_of;
  for (int r = 0; r < content.roadmaps_size(); ++r) {
    const v1::Roadmap& roadmap = content.roadmaps(r);
    const Path roadmap_path = Path().Field("roadmaps", static_cast<size_t>(r));
    for (int s = 0; s < roadmap.stages_size(); ++s) {
      const v1::Stage& stage = roadmap.stages(s);
      for (const v1::Concept& taught : stage.concepts()) roadmap_of.emplace(taught.concept_id(), &roadmap.roadmap_id());
      const Path stage_path = roadmap_path.Field("stages", static_cast<size_t>(s));
      for (int i = 0; i < stage.resources_size(); ++i) {
        see(stage.resources(i), roadmap.roadmap_id(), stage_path.Field("resources", static_cast<size_t>(i)));
      }
    }
  }
  for (int i = 0; i < content.resources_size(); ++i) {
    const v1::Resource& resource = content.resources(i);
    const auto owner = resource.concept_ids().empty() ? roadmap_of.end() : roadmap_of.find(resource.concept_ids(0));
    see(resource, owner == roadmap_of.end() ? std::string() : *owner->second,
        Path().Field("resources", static_cast<size_t>(i)));
  }
}

// Runs `see` for each criterion of either kind with its path: first the mastery criteria, then those of gates.
template <class See>
void EachCriterion(const v1::RevisionContent& content, const See& see) {
  for (int r = 0; r < content.roadmaps_size(); ++r) {
    const v1::Roadmap& roadmap = content.roadmaps(r);
    const Path at = Path().Field("roadmaps", static_cast<size_t>(r));
    see(roadmap.mastery_criterion(), at.Field("mastery_criterion"));
    if (roadmap.has_gate_criterion()) see(roadmap.gate_criterion(), at.Field("gate_criterion"));
    for (int s = 0; s < roadmap.stages_size(); ++s) {
      const v1::Stage& stage = roadmap.stages(s);
      const Path stage_at = at.Field("stages", static_cast<size_t>(s));
      if (stage.has_gate_criterion()) see(stage.gate_criterion(), stage_at.Field("gate_criterion"));
      for (int c = 0; c < stage.concepts_size(); ++c) {
        if (!stage.concepts(c).has_mastery_criterion()) continue;
        see(stage.concepts(c).mastery_criterion(),
            stage_at.Field("concepts", static_cast<size_t>(c)).Field("mastery_criterion"));
      }
    }
  }
}

// The criteria of a revision: what each version of each says, by kind, id and version.
using CriterionVersions = absl::flat_hash_map<std::string, absl::btree_map<int, std::string>>;

// Tells criteria of the two kinds apart.
template <class Criterion>
std::string KeyOf(const Criterion& criterion) {
  return absl::StrCat(Criterion::descriptor()->name(), " ", criterion.criterion_id());
}

CriterionVersions VersionsOf(const v1::RevisionContent& content) {
  CriterionVersions versions;
  EachCriterion(content, [&](const auto& criterion, const Path&) {
    versions[KeyOf(criterion)].try_emplace(criterion.version(), criterion.SerializeAsString());
  });
  return versions;
}

class Succession {
 public:
  Succession(const v1::RevisionContent& head, const v1::RevisionContent& content, bool restored, Checker& check)
      : head_(head),
        content_(content),
        restored_(restored),
        taught_before_(head),
        taught_now_(content),
        migrations_before_(BySource(head)),
        migrations_now_(BySource(content)),
        check_(check) {}

  void CheckConcepts() {
    for (const TaughtConcept& before : taught_before_.concepts()) {
      const std::string& id = before.content->concept_id();
      if (taught_now_.Find(id) >= 0 || migrations_now_.contains(id)) continue;
      check_.Add(PlaceOf(*before.roadmap), absl::StrCat("the concept '", id, "' is no longer taught"),
                 restored_ ? absl::StrCat("say what becomes of it: `--migrate ", id, "=CONCEPT`, or `--migrate ", id,
                                          "=` when it is gone")
                           : absl::StrCat(
                                 "say in migrations.yaml what became of it, e.g. {from: ", id,
                                 ", to: [...], reason: ...}, with nothing in `to` when it is gone; or teach it again"));
    }
  }

  void CheckMigrations() {
    for (const auto& before : head_.migrations()) {
      if (!restored_) CheckKept(before);
    }
    for (int i = 0; i < content_.migrations_size(); ++i) {
      const v1::ConceptMigration& migration = content_.migrations(i);
      if (migrations_before_.contains(migration.from_concept_id())) continue;
      const Path path = Path().Field("migrations", static_cast<size_t>(i));
      if (taught_before_.Find(migration.from_concept_id()) < 0) {
        check_.Add(path.Field("from_concept_id"),
                   absl::StrCat("the concept '", migration.from_concept_id(), "' was never taught"),
                   "name a concept of the revision before, or remove the migration");
      }
      if (!restored_) CheckTargets(migration, path);
    }
  }

  // Decisions are stored with id and version, so that these must mean one thing for ever.
  void CheckCriteria() {
    const CriterionVersions before = VersionsOf(head_);
    EachCriterion(content_, [&](const auto& criterion, const Path& path) {
      const auto known = before.find(KeyOf(criterion));
      if (known == before.end()) return;
      const auto same = known->second.find(criterion.version());
      const int newest = known->second.rbegin()->first;
      if (same != known->second.end() && same->second != criterion.SerializeAsString()) {
        check_.Add(path.Field("version"),
                   absl::StrCat("version ", criterion.version(), " of the criterion '", criterion.criterion_id(),
                                "' was published with other numbers"),
                   absl::StrCat("raise it to ", newest + 1));
      } else if (same == known->second.end() && criterion.version() < newest && !restored_) {
        check_.Add(path.Field("version"),
                   absl::StrCat("version ", criterion.version(), " of the criterion '", criterion.criterion_id(),
                                "' is older than the published ", newest),
                   absl::StrCat("raise it to ", newest + 1));
      }
    });
  }

  void CheckItems() {
    Meanings questions, cards, resources;
    for (const auto& keyed : head_.questions()) {
      questions.try_emplace(keyed.question().question_id(), Meaning{OwnerOf(keyed.question()), KindOf(keyed)});
    }
    for (const auto& card : head_.flashcards()) cards.try_emplace(card.card_id(), Meaning{card.concept_id(), ""});
    EachResource(head_, [&](const v1::Resource& resource, const std::string& roadmap, const Path&) {
      resources.try_emplace(resource.resource_id(), Meaning{roadmap, v1::ResourceKind_Name(resource.kind())});
    });
    for (int i = 0; i < content_.questions_size(); ++i) {
      const v1::KeyedQuestion& keyed = content_.questions(i);
      CheckMeaning(Path().Field("questions", static_cast<size_t>(i)), "question", keyed.question().question_id(),
                   {OwnerOf(keyed.question()), KindOf(keyed)}, questions);
    }
    for (int i = 0; i < content_.flashcards_size(); ++i) {
      const v1::Flashcard& card = content_.flashcards(i);
      CheckMeaning(Path().Field("flashcards", static_cast<size_t>(i)), "flashcard", card.card_id(),
                   {card.concept_id(), ""}, cards);
    }
    EachResource(content_, [&](const v1::Resource& resource, const std::string& roadmap, const Path& path) {
      CheckMeaning(path, "resource", resource.resource_id(), {roadmap, v1::ResourceKind_Name(resource.kind())},
                   resources);
    });
  }

 private:
  static std::string KindOf(const v1::KeyedQuestion& keyed) { return v1::QuestionKind_Name(keyed.question().kind()); }

  // Of what is not there: the roadmap that had it or, without that, the content as a whole.
  Path PlaceOf(const v1::Roadmap& roadmap) const {
    for (int i = 0; i < content_.roadmaps_size(); ++i) {
      if (content_.roadmaps(i).roadmap_id() == roadmap.roadmap_id())
        return Path().Field("roadmaps", static_cast<size_t>(i));
    }
    return Path("roadmaps");
  }

  void CheckKept(const v1::ConceptMigration& before) {
    const auto now = migrations_now_.find(before.from_concept_id());
    const std::string remedy = absl::StrCat("migrations stay for ever: write {from: ", before.from_concept_id(),
                                            ", to: [", absl::StrJoin(before.to_concept_ids(), ", "), "]",
                                            before.into_existing() ? ", into_existing: true" : "", "} again");
    if (now == migrations_now_.end()) {
      check_.Add(Path("migrations"), absl::StrCat("the migration of '", before.from_concept_id(), "' is gone"), remedy);
      return;
    }
    const v1::ConceptMigration& migration = content_.migrations(now->second);
    const bool same = std::equal(before.to_concept_ids().begin(), before.to_concept_ids().end(),
                                 migration.to_concept_ids().begin(), migration.to_concept_ids().end()) &&
                      before.into_existing() == migration.into_existing();
    if (same) return;
    check_.Add(Path().Field("migrations", static_cast<size_t>(now->second)),
               absl::StrCat("the migration of '", before.from_concept_id(), "' was published with other targets"),
               remedy);
  }

  void CheckTargets(const v1::ConceptMigration& migration, const Path& path) {
    for (int j = 0; j < migration.to_concept_ids_size(); ++j) {
      const std::string& to = migration.to_concept_ids(j);
      const Path target = path.Field("to_concept_ids", static_cast<size_t>(j));
      const bool taught_before = taught_before_.Find(to) >= 0;
      if (taught_before && !migration.into_existing()) {
        check_.Add(target, absl::StrCat("the target '", to, "' was taught before"),
                   "say `into_existing: true`, by which evidence moves and mastery does not, or name a new concept");
      } else if (!taught_before && migration.into_existing()) {
        check_.Add(target, absl::StrCat("the target '", to, "' was not taught before"),
                   "remove `into_existing`, or name a concept of the revision before");
      }
    }
  }

  // Whether a concept's items may have become those of another.
  bool BecameOf(absl::string_view before, absl::string_view now) const {
    const auto migration = migrations_now_.find(before);
    if (migration == migrations_now_.end()) return false;
    const auto& targets = content_.migrations(migration->second).to_concept_ids();
    return std::find(targets.begin(), targets.end(), now) != targets.end();
  }

  void CheckMeaning(const Path& path, absl::string_view what, absl::string_view id, const Meaning& now,
                    const Meanings& before) {
    const auto found = before.find(id);
    if (found == before.end() || found->second == now) return;
    const bool same_owner = found->second.owner == now.owner || BecameOf(found->second.owner, now.owner);
    if (!same_owner) {
      check_.Add(path, absl::StrCat("the ", what, " '", id, "' belonged to '", found->second.owner, "'"),
                 "give it an id that was never used");
    } else if (found->second.kind != now.kind) {
      check_.Add(path, absl::StrCat("the ", what, " '", id, "' was of another kind"),
                 "give it an id that was never used, because answers to the old one are recorded under this");
    }
  }

  const v1::RevisionContent& head_;
  const v1::RevisionContent& content_;
  const bool restored_;
  const Curriculum taught_before_;
  const Curriculum taught_now_;
  const MigrationsBySource migrations_before_;
  const MigrationsBySource migrations_now_;
  Checker& check_;
};

}  // namespace

std::vector<Finding> CheckSuccession(const v1::RevisionContent& head, const v1::RevisionContent& content,
                                     const SourceMap& sources, bool restored) {
  Checker check(sources);
  Succession succession(head, content, restored, check);
  succession.CheckConcepts();
  succession.CheckMigrations();
  succession.CheckItems();
  succession.CheckCriteria();
  std::vector<Finding> findings = check.Take();
  SortAndDeduplicate(findings);
  return findings;
}

}  // namespace edirae::catalog
