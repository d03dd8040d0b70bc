#ifndef EDIRAE_COMMON_CATALOG_READS_PREREQUISITE_GRAPH_H_
#define EDIRAE_COMMON_CATALOG_READS_PREREQUISITE_GRAPH_H_

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "edirae/catalog/v1/content.pb.h"
#include "edirae/catalog/v1/prerequisite_graph.pb.h"
#include "edirae/catalog/v1/revision_service.pb.h"

namespace edirae::catalog_reads {

// Where a concept is taught.
struct TaughtAt {
  const catalog::v1::Roadmap* roadmap = nullptr;
  const catalog::v1::Stage* stage = nullptr;
  const catalog::v1::Concept* content = nullptr;
};

// All concepts of a revision by id. Refers to the content, which must outlive it.
using ConceptPlaces = absl::flat_hash_map<absl::string_view, TaughtAt>;
ConceptPlaces PlacesOf(const catalog::v1::RevisionContent& content);

// The graph of one roadmap, in time proportional to its size. Prerequisites that `places` does not have are left out.
catalog::v1::PrerequisiteGraph GraphOf(const catalog::v1::Roadmap& roadmap, const ConceptPlaces& places);

}  // namespace edirae::catalog_reads

#endif  // EDIRAE_COMMON_CATALOG_READS_PREREQUISITE_GRAPH_H_
