#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "services/catalog/domain/validate.h"
#include "services/catalog/limits.h"

namespace edirae::catalog {
namespace {

// Walks the graph of prerequisites and helpful concepts depth first and reports each cycle where it closes. Deep chains
// are no risk: the walk keeps its own stack.
class CycleFinder {
 public:
  CycleFinder(const Curriculum& curriculum, Checker& check)
      : curriculum_(curriculum), check_(check), colors_(curriculum.concepts().size(), Color::kNew) {}

  void FindAll() {
    for (size_t i = 0; i < colors_.size(); ++i) {
      if (colors_[i] == Color::kNew) WalkFrom(static_cast<int>(i));
    }
  }

  // Whether `from` needs `to` as part of a cycle that was reported.
  bool OnCycle(int from, int to) const { return edges_.contains(std::pair(from, to)); }

 private:
  enum class Color { kNew, kOnStack, kDone };
  struct Step {
    int place;
    int next_entry;  // in its prerequisites, then in its helpful concepts
  };

  const v1::Concept& At(int place) const { return *curriculum_.concepts()[static_cast<size_t>(place)].content; }

  int Entries(int place) const { return At(place).prerequisite_ids_size() + At(place).helpful_ids_size(); }
  bool IsHard(int place, int entry) const { return entry < At(place).prerequisite_ids_size(); }
  const std::string& Entry(int place, int entry) const {
    const int hard = At(place).prerequisite_ids_size();
    return entry < hard ? At(place).prerequisite_ids(entry) : At(place).helpful_ids(entry - hard);
  }

  void WalkFrom(int start) {
    stack_.push_back({start, 0});
    colors_[static_cast<size_t>(start)] = Color::kOnStack;
    while (!stack_.empty()) {
      Step& step = stack_.back();
      if (step.next_entry == Entries(step.place)) {
        colors_[static_cast<size_t>(step.place)] = Color::kDone;
        stack_.pop_back();
        continue;
      }
      const int needed = curriculum_.Find(Entry(step.place, step.next_entry++));
      if (needed < 0) continue;
      if (colors_[static_cast<size_t>(needed)] == Color::kOnStack) Report(needed);
      if (colors_[static_cast<size_t>(needed)] != Color::kNew) continue;
      colors_[static_cast<size_t>(needed)] = Color::kOnStack;
      stack_.push_back({needed, 0});
    }
  }

  // The cycle from `first`, which is on the stack, to the top, whose last entry leads back.
  void Report(int first) {
    const auto begin = std::find_if(stack_.begin(), stack_.end(), [&](const Step& s) { return s.place == first; });
    std::string names;
    for (auto step = begin; step != stack_.end(); ++step) {
      const int next = step + 1 == stack_.end() ? first : (step + 1)->place;
      edges_.insert({step->place, next});
      if (step - begin < limits::kMaxNamedOfCycle) {
        absl::StrAppend(&names, At(step->place).concept_id(),
                        IsHard(step->place, step->next_entry - 1) ? " needs " : " is helped by ");
      }
    }
    if (stack_.end() - begin > limits::kMaxNamedOfCycle) names.append("... needs ");
    const Step& last = stack_.back();
    const int hard = At(last.place).prerequisite_ids_size();
    const int entry = last.next_entry - 1;
    const Path& path = curriculum_.concepts()[static_cast<size_t>(last.place)].path;
    check_.Add(entry < hard ? path.Field("prerequisite_ids", entry) : path.Field("helpful_ids", entry - hard),
               absl::StrCat("the prerequisites go round in a circle: ", names, At(first).concept_id()),
               "remove one of these prerequisites");
  }

  const Curriculum& curriculum_;
  Checker& check_;
  std::vector<Color> colors_;
  std::vector<Step> stack_;
  absl::flat_hash_set<std::pair<int, int>> edges_;
};

void CheckPrerequisite(const TaughtConcept& from, const TaughtConcept& to, bool is_later, const Path& path,
                       Checker& check) {
  const std::string& id = to.content->concept_id();
  if (from.roadmap != to.roadmap) {
    check.Add(path, absl::StrCat("the concept '", id, "' belongs to the roadmap '", to.roadmap->roadmap_id(), "'"),
              "name a concept that learners of this roadmap meet");
    return;
  }
  if (is_later) {
    check.Add(path,
              absl::StrCat("the concept '", id, "' comes later in the curriculum than '", from.content->concept_id(),
                           "', which needs it"),
              "list it earlier in its stage or in an earlier stage, or remove the prerequisite");
  }
  if (!from.content->optional() && to.content->optional()) {
    check.Add(
        path,
        absl::StrCat("the required concept '", from.content->concept_id(), "' needs the optional concept '", id, "'"),
        "make both required or both optional, or remove the prerequisite");
  }
}

void CheckHelpful(const TaughtConcept& taught, const Curriculum& curriculum, Checker& check) {
  const auto& needed = taught.content->prerequisite_ids();
  const bool short_lists = check.Count(taught.path.Field("prerequisite_ids"), "prerequisites", needed.size(), 0,
                                       limits::kMaxPrerequisites) &&
                           check.Count(taught.path.Field("helpful_ids"), "helpful concepts",
                                       taught.content->helpful_ids_size(), 0, limits::kMaxPrerequisites);
  if (!short_lists) return;
  UniqueIds unique(check, "helpful concept", "by one concept");
  for (int i = 0; i < taught.content->helpful_ids_size(); ++i) {
    const std::string& id = taught.content->helpful_ids(i);
    const Path path = taught.path.Field("helpful_ids", i);
    unique.See(path, id);
    curriculum.CheckTaught(path, id, check);
    if (std::find(needed.begin(), needed.end(), id) != needed.end()) {
      check.Add(path, absl::StrCat("the concept '", id, "' is a prerequisite and cannot be merely helpful as well"),
                "remove it from one of the two lists");
    }
  }
}

}  // namespace

void CheckPrerequisites(const Curriculum& curriculum, Checker& check) {
  CycleFinder cycles(curriculum, check);
  cycles.FindAll();
  for (size_t place = 0; place < curriculum.concepts().size(); ++place) {
    const TaughtConcept& taught = curriculum.concepts()[place];
    CheckHelpful(taught, curriculum, check);
    UniqueIds unique(check, "prerequisite", "by one concept");
    for (int i = 0; i < taught.content->prerequisite_ids_size(); ++i) {
      const std::string& id = taught.content->prerequisite_ids(i);
      const Path path = taught.path.Field("prerequisite_ids", static_cast<size_t>(i));
      unique.See(path, id);
      const int needed = curriculum.Find(id);
      curriculum.CheckTaught(path, id, check);
      if (needed < 0) continue;
      const bool is_later = needed > static_cast<int>(place) && !cycles.OnCycle(static_cast<int>(place), needed);
      CheckPrerequisite(taught, curriculum.concepts()[static_cast<size_t>(needed)], is_later, path, check);
    }
  }
}

}  // namespace edirae::catalog
