#ifndef EDIRAE_SERVICES_CATALOG_ADAPTERS_CONTENT_FILES_H_
#define EDIRAE_SERVICES_CATALOG_ADAPTERS_CONTENT_FILES_H_

#include <string>
#include <vector>

#include "edirae/catalog/v1/revision_service.pb.h"
#include "services/catalog/adapters/map_reader.h"
#include "services/catalog/adapters/yaml_tree.h"

// The three kinds of content file, each from a parsed document into the messages. docs/authoring.md describes them.
namespace edirae::catalog {

// A document and where it was read.
struct ContentFile {
  std::string name;
  YamlNode root;
};

// Fills a roadmap, except for its stages, from roadmap.yaml; returns the stages that it lists.
std::vector<FileReference> ReadRoadmapFile(const ContentFile& file, const Path& path, LoadReport& report,
                                           v1::Roadmap& roadmap);

// Fills a stage, except for its concepts, from stages/<id>.yaml; returns the concepts that it lists. `id` is the one by
// which the roadmap names it.
std::vector<FileReference> ReadStageFile(const ContentFile& file, const std::string& id, const Path& path,
                                         LoadReport& report, v1::Stage& stage);

// Fills a concept from concepts/<id>.yaml and adds its questions and flashcards to `content`.
void ReadConceptFile(const ContentFile& file, const std::string& id, const Path& path, LoadReport& report,
                     v1::Concept& taught, v1::RevisionContent& content);

// What roadmaps and concepts have in common.
void ReadCriterion(const YamlNode& node, const std::string& file, const Path& path, LoadReport& report,
                   v1::MasteryCriterion& criterion);

// Reads `id` of a document that is named `expected` elsewhere, and reports when they differ.
void ReadOwnId(MapReader& reader, const YamlNode& root, absl::string_view field, const std::string& expected);

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_ADAPTERS_CONTENT_FILES_H_
