#include "bench/simulation/graph.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <numeric>
#include <set>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace edirae::simulation {
namespace {

// Subjects of 20 to 60 concepts are taken, deepest first, until there are enough.
constexpr size_t kSmallestSubject = 20;
constexpr size_t kLargestSubject = 60;
constexpr size_t kEnough = 90;
constexpr size_t kTooMany = 100;

// Orders concepts by depth, those of equal depth as they stand.
Graph ByDepth(const std::vector<std::vector<int>>& prerequisites, const std::vector<int>& depth) {
  std::vector<int> order(prerequisites.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return depth[a] < depth[b]; });
  std::vector<int> position(order.size());
  for (size_t i = 0; i < order.size(); ++i) position[order[i]] = static_cast<int>(i);
  Graph graph;
  for (const int old : order) {
    std::vector<int>& mapped = graph.prerequisites.emplace_back();
    for (const int prerequisite : prerequisites[old]) mapped.push_back(position[prerequisite]);
    std::sort(mapped.begin(), mapped.end());
    mapped.erase(std::unique(mapped.begin(), mapped.end()), mapped.end());
    graph.depth.push_back(depth[old]);
  }
  return graph;
}

void AddAncestors(const std::vector<std::vector<int>>& prerequisites, int of, std::set<int>& found) {
  for (const int prerequisite : prerequisites[of]) {
    if (found.insert(prerequisite).second) AddAncestors(prerequisites, prerequisite, found);
  }
}

std::set<int> Subjects(const Graph& all) {
  std::vector<int> deepest_first(all.prerequisites.size());
  std::iota(deepest_first.begin(), deepest_first.end(), 0);
  std::stable_sort(deepest_first.begin(), deepest_first.end(),
                   [&](int a, int b) { return all.depth[a] > all.depth[b]; });
  std::set<int> kept;
  for (const int goal : deepest_first) {
    std::set<int> subject = {goal};
    AddAncestors(all.prerequisites, goal, subject);
    if (subject.size() < kSmallestSubject || subject.size() > kLargestSubject) continue;
    subject.insert(kept.begin(), kept.end());
    if (subject.size() > kTooMany) continue;
    kept = std::move(subject);
    if (kept.size() >= kEnough) break;
  }
  return kept;
}

Graph Part(const Graph& all, const std::set<int>& kept) {
  std::map<int, int> position;
  for (const int concept_index : kept) position.emplace(concept_index, static_cast<int>(position.size()));
  std::vector<std::vector<int>> prerequisites;
  std::vector<int> depth;
  for (const int concept_index : kept) {
    std::vector<int>& mapped = prerequisites.emplace_back();
    for (const int prerequisite : all.prerequisites[concept_index]) {
      if (position.contains(prerequisite)) mapped.push_back(position.at(prerequisite));
    }
    depth.push_back(all.depth[concept_index]);
  }
  return ByDepth(prerequisites, depth);
}

}  // namespace

int Graph::edges() const {
  int count = 0;
  for (const std::vector<int>& some : prerequisites) count += static_cast<int>(some.size());
  return count;
}

Graph GenerateGraph(int concepts, Random& random) {
  std::vector<std::vector<int>> prerequisites(concepts);
  std::vector<int> depth(concepts, 0);
  for (int i = 1; i < concepts; ++i) {
    const double kind = random.Uniform();
    const int wanted = kind < 0.1 ? 0 : kind < 0.74 ? 1 : kind < 0.95 ? 2 : 3;
    for (int j = 0; j < wanted; ++j) {
      const int back = 1 + static_cast<int>(-6 * std::log(1 - random.Uniform()));  // 6 concepts back on average
      const int prerequisite = std::max(i - back, 0);
      if (std::find(prerequisites[i].begin(), prerequisites[i].end(), prerequisite) != prerequisites[i].end()) continue;
      prerequisites[i].push_back(prerequisite);
      depth[i] = std::max(depth[i], depth[prerequisite] + 1);
    }
  }
  return ByDepth(prerequisites, depth);
}

absl::StatusOr<Graph> ReadGraph(const std::string& path) {
  std::ifstream file(path);
  if (!file) return absl::NotFoundError(absl::StrCat("cannot read ", path));
  std::string line;
  std::getline(file, line);
  std::vector<std::string> names = absl::StrSplit(line, '\t');
  const auto column = [&](absl::string_view name) {
    return std::find(names.begin(), names.end(), name) - names.begin();
  };
  const auto id = column("concept");
  const auto depth = column("depth");
  const auto before = column("prerequisites");
  const auto columns = static_cast<long>(names.size());
  if (std::max({id, depth, before}) == columns) {
    return absl::InvalidArgumentError(absl::StrCat(path, ": line 1 must name concept, prerequisites and depth"));
  }
  std::map<std::string, int> position;
  std::vector<std::string> joined;
  Graph all;
  for (int number = 2; std::getline(file, line); ++number) {
    const std::vector<std::string> fields = absl::StrSplit(line, '\t');
    int levels = 0;
    if (static_cast<long>(fields.size()) != columns || !absl::SimpleAtoi(fields[depth], &levels)) {
      return absl::InvalidArgumentError(absl::StrCat(path, ": line ", number, " is malformed"));
    }
    position[fields[id]] = static_cast<int>(joined.size());  // of concepts of one name the last
    joined.push_back(fields[before]);
    all.depth.push_back(levels);
  }
  for (const std::string& names_before : joined) {
    std::vector<int>& prerequisites = all.prerequisites.emplace_back();
    for (const absl::string_view name : absl::StrSplit(names_before, '~', absl::SkipEmpty())) {
      const auto found = position.find(std::string(name));
      if (found == position.end()) return absl::InvalidArgumentError(absl::StrCat(path, ": no concept ", name));
      prerequisites.push_back(found->second);
    }
  }
  return Part(all, Subjects(all));
}

Graph WithWrongEdges(const Graph& graph, double share, Random& random) {
  Graph wrong = graph;
  const int changes = static_cast<int>(share * graph.edges());
  for (int lost = 0; lost < changes;) {
    std::vector<int>& from = wrong.prerequisites[random.Below(graph.size())];
    if (from.empty() || !random.Chance(static_cast<double>(from.size()) / 8)) continue;  // every edge alike
    from.erase(from.begin() + random.Below(static_cast<int>(from.size())));
    ++lost;
  }
  for (int added = 0; added < changes;) {
    const int a = random.Below(graph.size());
    const int b = random.Below(graph.size());
    std::vector<int>& to = wrong.prerequisites[std::max(a, b)];
    const int prerequisite = std::min(a, b);
    if (a == b || std::find(to.begin(), to.end(), prerequisite) != to.end()) continue;
    to.push_back(prerequisite);
    ++added;
  }
  return wrong;
}

}  // namespace edirae::simulation
