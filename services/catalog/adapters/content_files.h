#ifndef EDIRAE_SERVICES_CATALOG_ADAPTERS_CONTENT_FILES_H_
#define EDIRAE_SERVICES_CATALOG_ADAPTERS_CONTENT_FILES_H_

#include <string>
#include <vector>

#include "edirae/catalog/v1/revision_service.pb.h"
#include "services/catalog/adapters/map_reader.h"
#include "services/catalog/adapters/yaml_tree.h"

// The kinds of content file that are YAML, each from a parsed document into the messages. docs/authoring.md describes
// them, and content/schema has a JSON Schema for each.
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

// Where the parts of a concept go.
struct ConceptPaths {
  Path taught;
  Path lesson;
};

// Fills a concept and its lesson's misconceptions from concepts/<id>/concept.yaml, and adds its resources to `content`.
void ReadConceptFile(const ContentFile& file, const std::string& id, const ConceptPaths& paths, LoadReport& report,
                     v1::Concept& taught, v1::Lesson& lesson, v1::RevisionContent& content);

// Adds the questions of concepts/<id>/questions.yaml to `content`. The place of the list becomes that of the concept's
// `question_count`, whose path is `count`.
void ReadQuestionsFile(const ContentFile& file, const std::string& id, const Path& count, LoadReport& report,
                       v1::RevisionContent& content);

// The same for concepts/<id>/flashcards.yaml.
void ReadFlashcardsFile(const ContentFile& file, const std::string& id, const Path& count, LoadReport& report,
                        v1::RevisionContent& content);

// What several kinds of file have in common.

void ReadCriterion(const YamlNode& node, const std::string& file, const Path& path, LoadReport& report,
                   v1::MasteryCriterion& criterion);

void ReadGateCriterion(const YamlNode& node, const std::string& file, const Path& path, LoadReport& report,
                       v1::GateCriterion& criterion);

// The keys of every resource. A concept's own resources must say all of them but the address; those of a stage need
// only the first four.
void ReadResource(MapReader& reader, Need need, v1::Resource& resource);

// Reads `id` of a document that is named `expected` elsewhere, and reports when they differ.
void ReadOwnId(MapReader& reader, const YamlNode& root, absl::string_view field, const std::string& expected);

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_ADAPTERS_CONTENT_FILES_H_
