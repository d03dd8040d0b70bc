#include <vector>

#include "absl/strings/str_cat.h"
#include "services/catalog/domain/validate.h"

namespace edirae::catalog {
namespace {

// Concepts as numbers, with those that each one leads to.
using Graph = std::vector<std::vector<int>>;

Graph Reversed(const Graph& graph) {
  Graph reversed(graph.size());
  for (size_t from = 0; from < graph.size(); ++from) {
    for (const int to : graph[from]) reversed[static_cast<size_t>(to)].push_back(static_cast<int>(from));
  }
  return reversed;
}

Graph Prerequisites(const Curriculum& curriculum) {
  Graph graph(curriculum.concepts().size());
  for (size_t place = 0; place < graph.size(); ++place) {
    for (const std::string& id : curriculum.concepts()[place].content->prerequisite_ids()) {
      if (const int needed = curriculum.Find(id); needed >= 0) graph[place].push_back(needed);
    }
  }
  return graph;
}

// Takes away, again and again, whatever leads to nothing that is left. `left` says what is there at first, and at the
// end what could not be taken: the members of circles, and what leads to them. Linear in the edges.
void TakeAwayEnds(const Graph& graph, const Graph& reversed, std::vector<bool>& left) {
  std::vector<int> open(graph.size(), 0);
  std::vector<int> ends;
  for (size_t place = 0; place < graph.size(); ++place) {
    for (const int to : graph[place]) open[place] += left[static_cast<size_t>(to)] ? 1 : 0;
    if (left[place] && open[place] == 0) ends.push_back(static_cast<int>(place));
  }
  while (!ends.empty()) {
    const auto end = static_cast<size_t>(ends.back());
    ends.pop_back();
    left[end] = false;
    for (const int from : reversed[end]) {
      const auto at = static_cast<size_t>(from);
      if (--open[at] == 0 && left[at]) ends.push_back(from);
    }
  }
}

}  // namespace

void CheckReachability(const Curriculum& curriculum, Checker& check) {
  const Graph needs = Prerequisites(curriculum);
  const Graph needed_by = Reversed(needs);
  std::vector<bool> stuck(needs.size(), true);
  TakeAwayEnds(needs, needed_by, stuck);
  // What is stuck and needed by nothing that is stuck lies behind a circle, not on it.
  std::vector<bool> circles = stuck;
  TakeAwayEnds(needed_by, needs, circles);
  for (size_t place = 0; place < needs.size(); ++place) {
    if (!stuck[place] || circles[place]) continue;
    for (const int needed : needs[place]) {
      if (!stuck[static_cast<size_t>(needed)]) continue;
      const TaughtConcept& taught = curriculum.concepts()[place];
      check.Add(taught.path.Field("prerequisite_ids"),
                absl::StrCat("no learner can ever reach the concept '", taught.content->concept_id(), "': it needs '",
                             curriculum.concepts()[static_cast<size_t>(needed)].content->concept_id(),
                             "', which lies on or behind a circle"),
                "break the circle");
      break;
    }
  }
}

}  // namespace edirae::catalog
