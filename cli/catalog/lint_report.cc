#include "cli/catalog/lint_report.h"

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"

namespace edirae::cli {
namespace {

int CountConcepts(const catalog::v1::RevisionContent& content) {
  int count = 0;
  for (const auto& roadmap : content.roadmaps()) {
    for (const auto& stage : roadmap.stages()) count += stage.concepts_size();
  }
  return count;
}

}  // namespace

void PrintFinding(const catalog::Finding& finding, const Style& style, std::ostream& out) {
  out << style.Bold(ToString(finding.at)) << ": " << style.Bad(finding.problem) << "; " << finding.remedy << "\n";
}

void PrintLint(const catalog::LoadedContent& loaded, const Style& style, std::ostream& out) {
  for (const catalog::Finding& finding : loaded.findings) PrintFinding(finding, style, out);
  if (!loaded.findings.empty()) return;
  const auto& content = loaded.content;
  out << style.Good("No mistakes") << " in " << content.roadmaps_size() << " roadmaps, " << CountConcepts(content)
      << " concepts, " << content.questions_size() << " questions, " << content.flashcards_size() << " flashcards.\n";
}

std::string LintJson(const catalog::LoadedContent& loaded) {
  nlohmann::ordered_json report;
  report["findings"] = nlohmann::ordered_json::array();
  for (const catalog::Finding& finding : loaded.findings) {
    report["findings"].push_back({{"file", finding.at.file},
                                  {"line", finding.at.line},
                                  {"column", finding.at.column},
                                  {"problem", finding.problem},
                                  {"remedy", finding.remedy}});
  }
  report["roadmaps"] = loaded.content.roadmaps_size();
  report["concepts"] = CountConcepts(loaded.content);
  report["questions"] = loaded.content.questions_size();
  report["flashcards"] = loaded.content.flashcards_size();
  return report.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace edirae::cli
