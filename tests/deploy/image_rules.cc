#include <map>
#include <regex>
#include <sstream>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "tests/deploy/rules.h"
#include "tests/deploy/settings.h"

namespace edirae::deploy {
namespace {

// One stage of the image file: what it starts from, and its lines.
struct Stage {
  std::string from;
  std::string body;
};

// Stages by name, with continued lines joined and comments left out.
std::map<std::string, Stage> Stages(const std::string& containerfile) {
  static const std::regex from("FROM (\\S+) AS (\\S+)");
  std::map<std::string, Stage> stages;
  Stage* current = nullptr;
  std::istringstream lines(containerfile);
  for (std::string line, more; std::getline(lines, line);) {
    while (absl::EndsWith(line, "\\") && std::getline(lines, more)) line.replace(line.size() - 1, 1, more);
    std::smatch found;
    if (std::regex_match(line, found, from)) {
      current = &stages[found[2]];
      current->from = found[1];
    } else if (current != nullptr && !absl::StartsWith(line, "#")) {
      absl::StrAppend(&current->body, line, "\n");
    }
  }
  return stages;
}

}  // namespace

Findings CheckContainerfile(const std::string& containerfile) {
  Findings findings;
  std::map<std::string, Stage> stages = Stages(containerfile);
  for (const auto& [name, stage] : stages) {
    if (stages.count(stage.from) > 0 || stage.from == "scratch") continue;
    const std::string host = stage.from.substr(0, stage.from.find('/') + 1);
    if (host.find_first_of(".:") != std::string::npos) {
      findings.push_back(absl::StrCat("stage ", name, ": names the registry of ", stage.from));
    }
    const bool pinned = absl::StrContains(stage.from.substr(host.size()), ':');
    if (!pinned || absl::EndsWith(stage.from, ":latest")) {
      findings.push_back(absl::StrCat("stage ", name, ": ", stage.from, " is not a fixed version"));
    }
  }
  const std::string& base = stages["runtime"].body;
  if (!absl::StrContains(base, "USER 65532:65532\n")) findings.push_back("stage runtime: does not run as 65532");
  if (!absl::StrContains(base, "ENV MALLOC_CONF=narenas:4\n"))
    findings.push_back("stage runtime: no bound on malloc's arenas");
  for (const Program& program : Programs()) {
    const auto require = [&](const Stage& stage, const std::string& line) {
      if (!absl::StrContains(stage.body, line))
        findings.push_back(absl::StrCat("stage ", program.name, ": lacks ", line));
    };
    const Stage& stage = stages[program.name];
    if (stage.from != "runtime") findings.push_back(absl::StrCat("stage ", program.name, ": is not built on runtime"));
    if (absl::StrContains(stage.body, "USER "))
      findings.push_back(absl::StrCat("stage ", program.name, ": changes the user"));
    require(stage, absl::StrCat("EXPOSE ", program.grpc_port, " ", program.metrics_port, "\n"));
    require(stage, absl::StrCat("ENTRYPOINT [\"/usr/bin/edirae-", program.name, "\"]\n"));
    require(stage, absl::StrCat("org.opencontainers.image.title=\"edirae-", program.name, "\""));
  }
  const Stage& tools = stages["tools"];
  if (tools.from != "runtime" || absl::StrContains(tools.body, "USER ") ||
      !absl::StrContains(tools.body, "ENTRYPOINT [\"/usr/bin/edirae\"]\n")) {
    findings.push_back("stage tools: is not `edirae` on runtime");
  }
  return findings;
}

}  // namespace edirae::deploy
