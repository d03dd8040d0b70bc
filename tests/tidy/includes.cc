#include "tests/tidy/includes.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace edirae::tidy {
namespace {

struct Include {
  std::string target;
  int line;
};

// Path -> what it includes, of all C++ files.
using IncludeGraph = std::map<std::string, std::vector<Include>>;

// Where a file stands: "services/progress", "gateway", "common", "cli" ...; below it the folder, empty for files at the
// top.
struct Place {
  std::string component;
  std::string folder;
  std::string name;

  bool IsService() const { return component.starts_with("services/") || component == "gateway"; }
};

std::optional<std::string> IncludeTarget(std::string_view line) {
  const auto skip_blanks = [&line] { line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size())); };
  skip_blanks();
  if (!line.starts_with('#')) return std::nullopt;
  line.remove_prefix(1);
  skip_blanks();
  if (!line.starts_with("include")) return std::nullopt;
  line.remove_prefix(7);
  skip_blanks();
  if (!line.starts_with('"') && !line.starts_with('<')) return std::nullopt;
  const size_t end = line.find(line.front() == '"' ? '"' : '>', 1);
  if (end == std::string_view::npos) return std::nullopt;
  return std::string(line.substr(1, end - 1));
}

IncludeGraph ReadIncludes(const Tree& tree) {
  IncludeGraph graph;
  for (const SourceFile& file : tree) {
    if (!file.path.ends_with(".h") && !file.path.ends_with(".cc")) continue;
    std::vector<Include>& includes = graph[file.path];
    int number = 0;
    for (const std::string& line : Lines(file.text)) {
      ++number;
      if (const auto target = IncludeTarget(line)) includes.push_back({*target, number});
    }
  }
  return graph;
}

Place PlaceOf(const std::string& path) {
  const size_t component_start = path.starts_with("services/") ? std::string_view("services/").size() : 0;
  const size_t component_end = path.find('/', component_start);
  if (component_end == std::string::npos) return {};
  const size_t name_start = path.rfind('/') + 1;
  const size_t folder_end = path.find('/', component_end + 1);
  return {path.substr(0, component_end),
          folder_end == std::string::npos ? "" : path.substr(component_end + 1, folder_end - component_end - 1),
          path.substr(name_start)};
}

bool IsProgramOrTest(const std::string& component) {
  return component == "cli" || component == "bench" || component == "tests";
}

bool MayIncludeEverything(const std::string& path) {
  return path.ends_with("_test.cc") || path.starts_with("tests/") || path.starts_with("bench/") ||
         path.find("/testing/") != std::string::npos;
}

bool ForbiddenInDomain(const std::string& target) {
  static constexpr std::array kHeaders = {
      "absl/time/clock.h", "barrier", "chrono",    "condition_variable", "ctime",
      "filesystem",        "fstream", "future",    "iostream",           "latch",
      "libpq-fe.h",        "mutex",   "semaphore", "shared_mutex",       "sqlite3.h",
      "stop_token",        "thread",  "time.h"};
  static constexpr std::array kFolders = {"absl/synchronization/", "grpc/",   "grpc++/",   "grpcpp/", "nats/",
                                          "prometheus/",           "spdlog/", "SQLiteCpp/"};
  return std::find(kHeaders.begin(), kHeaders.end(), target) != kHeaders.end() || target.ends_with(".grpc.pb.h") ||
         std::any_of(kFolders.begin(), kFolders.end(), [&](const char* folder) { return target.starts_with(folder); });
}

// One finding per include line of a domain file that leads, however far down, to a header that the domain must not see.
void CheckDomainReach(const IncludeGraph& graph, const std::string& path, const Include& first,
                      std::vector<Finding>& findings) {
  std::vector<std::pair<std::string, std::string>> open = {{first.target, ""}};
  std::set<std::string> seen;
  while (!open.empty()) {
    const auto [target, through] = open.back();
    open.pop_back();
    if (!seen.insert(target).second) continue;
    if (ForbiddenInDomain(target)) {
      findings.push_back({path, first.line, "domain",
                          "domain/ must not see " + target +
                              (through.empty() ? "" : ", which comes in through" + through) +
                              "; keep what needs it in adapters/ or rpc/, and give the domain plain values"});
      return;
    }
    const auto next = graph.find(target);
    if (next == graph.end()) continue;
    for (const Include& include : next->second) open.push_back({include.target, through + " " + target});
  }
}

void CheckLayers(const std::string& path, const Place& from, const Place& to, const Include& include,
                 std::vector<Finding>& findings) {
  if (from.folder.empty() || from.folder == to.folder) return;
  if (to.folder.empty()) {
    if (to.name == "limits.h" || to.name == "errors.h") return;
    findings.push_back(
        {path, include.line, "layers", include.target + " belongs to main, which " + from.folder + "/ must not know"});
    return;
  }
  if (from.component == "gateway" || to.folder == "domain") return;
  findings.push_back({path, include.line, "layers",
                      from.folder + "/ must not include " + to.folder + "/ (main -> rpc, adapters -> domain)"});
}

void CheckInclude(const std::string& path, const Include& include, std::vector<Finding>& findings) {
  const Place from = PlaceOf(path);
  const Place to = PlaceOf(include.target);
  const auto report = [&](const char* rule, const std::string& message) {
    findings.push_back({path, include.line, rule, message});
  };
  if (to.folder == "testing") {
    report("testing", include.target + " is for tests only");
  } else if (from.component == to.component) {
    if (from.IsService()) CheckLayers(path, from, to, include, findings);
  } else if (IsProgramOrTest(to.component)) {
    report("programs", "nobody includes " + to.component + "/; move what is shared to common/");
  } else if (from.component == "common" && to.IsService()) {
    report("common", "common/ must not know " + to.component);
  } else if (from.IsService() && to.IsService()) {
    report("services", from.component + " must not know " + to.component + "; they share proto/ and common/ only");
  }
}

}  // namespace

std::vector<Finding> CheckIncludes(const Tree& tree) {
  static const std::set<std::string> kServiceFolders = {"", "adapters", "domain", "rpc", "testing"};
  const IncludeGraph graph = ReadIncludes(tree);
  std::vector<Finding> findings;
  for (const auto& [path, includes] : graph) {
    const Place place = PlaceOf(path);
    if (place.component.starts_with("services/") && !kServiceFolders.contains(place.folder)) {
      findings.push_back(
          {path, 1, "folder", "a service has domain/, adapters/, rpc/ and testing/, not " + place.folder + "/"});
    }
    const std::string folder = path.substr(0, path.rfind('/') + 1);
    for (const Include& include : includes) {
      if (!graph.contains(include.target) && graph.contains(folder + include.target)) {
        findings.push_back({path, include.line, "path", "include it as \"" + folder + include.target + "\""});
      }
      if (MayIncludeEverything(path)) continue;
      CheckInclude(path, include, findings);
      if (place.IsService() && place.folder == "domain") CheckDomainReach(graph, path, include, findings);
    }
  }
  std::sort(findings.begin(), findings.end());
  return findings;
}

}  // namespace edirae::tidy
