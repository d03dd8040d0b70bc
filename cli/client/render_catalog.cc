#include "cli/client/render_catalog.h"

#include <map>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace edirae::cli {
namespace {

using catalog::v1::PrerequisiteGraph;
using catalog::v1::PrerequisiteNode;
using catalog::v1::SearchHit;

// SEARCH_KIND_CONCEPT -> "concept"
std::string KindInWords(catalog::v1::SearchKind kind) {
  constexpr absl::string_view kPrefix = "SEARCH_KIND_";
  return absl::AsciiStrToLower(catalog::v1::SearchKind_Name(kind).substr(kPrefix.size()));
}

std::string SnippetInWords(const Style& style, const SearchHit& hit) {
  const bool plain = style.Bold("x") == "x";
  return absl::StrJoin(hit.snippet(), "", [&](std::string* out, const catalog::v1::SnippetPiece& piece) {
    if (!piece.matches()) return absl::StrAppend(out, piece.text());
    absl::StrAppend(out, plain ? absl::StrCat("*", piece.text(), "*") : style.Warm(piece.text()));
  });
}

// What each concept builds on, by strength.
struct Builds {
  std::vector<std::string> after;
  std::vector<std::string> helped_by;
};

std::map<std::string, Builds> BuildsOf(const PrerequisiteGraph& graph) {
  std::map<std::string, Builds> builds;
  for (const catalog::v1::PrerequisiteEdge& edge : graph.edges()) {
    Builds& on = builds[edge.to_concept_id()];
    const bool hard = edge.strength() == catalog::v1::PREREQUISITE_STRENGTH_HARD;
    (hard ? on.after : on.helped_by).push_back(edge.from_concept_id());
  }
  return builds;
}

}  // namespace

void PrintSearch(std::ostream& out, const Style& style, const learn::v1::SearchResponse& found) {
  for (const catalog::v1::WordCorrection& correction : found.corrections()) {
    out << style.Dim(absl::StrCat("'", correction.word(), "' occurs nowhere; ",
                                  correction.replacements().empty()
                                      ? "nothing is near to it"
                                      : absl::StrCat("looked for ", absl::StrJoin(correction.replacements(), ", "))))
        << "\n";
  }
  if (found.hits().empty()) out << "Nothing was found.\n";
  for (const SearchHit& hit : found.hits()) {
    out << style.Bold(hit.title()) << "  " << style.Dim(absl::StrCat(KindInWords(hit.kind()), " ", hit.id())) << "\n  "
        << WrapText(SnippetInWords(style, hit), kTextWidth, 2) << "\n";
  }
}

void PrintGraph(std::ostream& out, const Style& style, const PrerequisiteGraph& graph) {
  const std::map<std::string, Builds> builds = BuildsOf(graph);
  std::map<int, std::vector<const PrerequisiteNode*>> layers;
  for (const PrerequisiteNode& node : graph.nodes()) layers[node.layer()].push_back(&node);
  for (const auto& [layer, nodes] : layers) {
    out << (layer == 0 ? "" : "\n") << style.Accent(absl::StrCat("Layer ", layer)) << "\n";
    Table table({"concept", "stage", "minutes", "after", "helped by"});
    for (const PrerequisiteNode* node : nodes) {
      const auto on = builds.find(node->concept_id());
      const Builds& its = on == builds.end() ? Builds() : on->second;
      table.AddRow(
          {absl::StrCat(node->concept_id(), node->optional() ? " (optional)" : ""),
           node->roadmap_id().empty() ? node->stage_id() : absl::StrCat(node->roadmap_id(), "/", node->stage_id()),
           absl::StrCat(node->estimated_minutes()), absl::StrJoin(its.after, ", "),
           absl::StrJoin(its.helped_by, ", ")});
    }
    table.Print(out, style);
  }
}

}  // namespace edirae::cli
