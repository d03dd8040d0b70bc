#ifndef EDIRAE_SERVICES_CATALOG_ADAPTERS_CONCEPT_FOLDER_H_
#define EDIRAE_SERVICES_CATALOG_ADAPTERS_CONCEPT_FOLDER_H_

#include <string>

#include "edirae/catalog/v1/revision_service.pb.h"
#include "services/catalog/adapters/content_reader.h"

namespace edirae::catalog {

// Reads the folder of a concept, `folder`: concept.yaml, explanation.md, questions.yaml and flashcards.yaml, and
// nothing else. `reference` names the concept in its stage; `path` is that of `taught`. Lesson, resources, questions
// and flashcards go to `content`.
void ReadConceptFolder(const std::string& folder, const FileReference& reference, const Path& path,
                       ContentReader& reader, v1::Concept& taught, v1::RevisionContent& content);

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_ADAPTERS_CONCEPT_FOLDER_H_
