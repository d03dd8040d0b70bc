#include <algorithm>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "services/catalog/domain/migrations.h"
#include "services/catalog/limits.h"

namespace edirae::catalog {
namespace {

Path PathOf(int migration) { return Path().Field("migrations", static_cast<size_t>(migration)); }

class Migrations {
 public:
  Migrations(const v1::RevisionContent& content, const Curriculum& curriculum, Checker& check)
      : content_(content), curriculum_(curriculum), check_(check) {
    for (int i = 0; i < content.migrations_size(); ++i)
      by_source_.try_emplace(content.migrations(i).from_concept_id(), i);
  }

  void Check() {
    check_.Range(Path("migrations"), "the number of migrations", content_.migrations_size(), 0, limits::kMaxMigrations);
    for (int i = 0; i < content_.migrations_size(); ++i) {
      CheckSource(i);
      CheckTargets(i);
      check_.Sentences(PathOf(i).Field("reason"), "the reason", content_.migrations(i).reason());
    }
    CheckCircles();
  }

 private:
  void CheckSource(int i) {
    const std::string& from = content_.migrations(i).from_concept_id();
    const Path path = PathOf(i).Field("from_concept_id");
    check_.Slug(path, "the concept id", from);
    if (const int first = by_source_.at(from); first != i) {
      check_.Add(path, absl::StrCat("the concept '", from, "' has two migrations"),
                 absl::StrCat("keep one; the first is at ", ToString(check_.At(PathOf(first)))));
    }
    if (const int taught = curriculum_.Find(from); taught >= 0) {
      check_.Add(path, absl::StrCat("the concept '", from, "' is taught, so that its migration has no effect"),
                 absl::StrCat("remove the migration if it is new; if not, give the concept at ",
                              ToString(check_.At(curriculum_.concepts()[static_cast<size_t>(taught)].path)),
                              " an id that was never used"));
    }
  }

  void CheckTargets(int i) {
    const v1::ConceptMigration& migration = content_.migrations(i);
    check_.Range(PathOf(i).Field("to_concept_ids"), "the number of targets", migration.to_concept_ids_size(), 0,
                 limits::kMaxMigrationTargets);
    absl::flat_hash_set<absl::string_view> seen;
    for (int j = 0; j < migration.to_concept_ids_size(); ++j) {
      const std::string& to = migration.to_concept_ids(j);
      const Path path = PathOf(i).Field("to_concept_ids", static_cast<size_t>(j));
      if (!seen.insert(to).second) {
        check_.Add(path, absl::StrCat("the target '", to, "' is named twice"), "name it once");
      } else if (!by_source_.contains(to) && curriculum_.Find(to) < 0) {
        check_.Add(path, absl::StrCat("the target '", to, "' is no concept"),
                   "name a concept that is taught, or one whose own migration leads on");
      }
    }
  }

  // Follows every migration once; what is on the way when it is met again closes a circle.
  void CheckCircles() {
    std::vector<Mark> marks(static_cast<size_t>(content_.migrations_size()), Mark::kUnseen);
    for (int start = 0; start < content_.migrations_size(); ++start) {
      if (marks[static_cast<size_t>(start)] == Mark::kUnseen) Follow(start, marks);
    }
  }

  enum class Mark : char { kUnseen, kOpen, kDone };
  struct Step {
    int migration;
    int next_target = 0;
  };

  // Not recursive: a chain may be as long as the list.
  void Follow(int start, std::vector<Mark>& marks) {
    std::vector<Step> way = {{start}};
    marks[static_cast<size_t>(start)] = Mark::kOpen;
    while (!way.empty()) {
      Step& step = way.back();
      const v1::ConceptMigration& migration = content_.migrations(step.migration);
      if (step.next_target == migration.to_concept_ids_size()) {
        marks[static_cast<size_t>(step.migration)] = Mark::kDone;
        way.pop_back();
        continue;
      }
      const std::string& to = migration.to_concept_ids(step.next_target++);
      const auto next = by_source_.find(to);
      if (next == by_source_.end()) continue;
      Mark& mark = marks[static_cast<size_t>(next->second)];
      if (mark == Mark::kOpen) {
        check_.Add(PathOf(step.migration).Field("to_concept_ids"),
                   absl::StrCat("the migrations lead in a circle: '", migration.from_concept_id(), "' leads back to '",
                                to, "'"),
                   "let each lead to what is taught now");
      } else if (mark == Mark::kUnseen) {
        mark = Mark::kOpen;
        way.push_back({next->second});
      }
    }
  }

  const v1::RevisionContent& content_;
  const Curriculum& curriculum_;
  Checker& check_;
  absl::flat_hash_map<absl::string_view, int> by_source_;
};

}  // namespace

void CheckMigrations(const v1::RevisionContent& content, const Curriculum& curriculum, Checker& check) {
  Migrations(content, curriculum, check).Check();
}

}  // namespace edirae::catalog
