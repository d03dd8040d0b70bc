#ifndef EDIRAE_CLI_CLIENT_RENDER_CATALOG_H_
#define EDIRAE_CLI_CLIENT_RENDER_CATALOG_H_

#include <ostream>

#include "cli/terminal/terminal.h"
#include "edirae/catalog/v1/prerequisite_graph.pb.h"
#include "edirae/learn/v1/learn_service.pb.h"

// What was found in the catalog, and what builds on what, as a person reads them.
namespace edirae::cli {

// Each hit with its kind, its name and its passage; without colour, words that match stand between asterisks.
void PrintSearch(std::ostream& out, const Style& style, const learn::v1::SearchResponse& found);

// The concepts of a roadmap, layer by layer, each with what it builds on.
void PrintGraph(std::ostream& out, const Style& style, const catalog::v1::PrerequisiteGraph& graph);

}  // namespace edirae::cli

#endif  // EDIRAE_CLI_CLIENT_RENDER_CATALOG_H_
