#ifndef EDIRAE_SERVICES_CATALOG_ADAPTERS_CONCEPT_FOLDER_H_
#define EDIRAE_SERVICES_CATALOG_ADAPTERS_CONCEPT_FOLDER_H_

#include <cstddef>
#include <string>

#include "edirae/catalog/v1/revision_service.pb.h"
#include "services/catalog/adapters/content_reader.h"

namespace edirae::catalog {

inline constexpr size_t kFilesOfConcept = 4;

// The folder of a concept: concept.yaml, explanation.md, questions.yaml and flashcards.yaml, and nothing else.
struct ConceptFolder {
  std::string name;
  // What names the concept in its stage.
  FileReference reference;
  // Path of the concept.
  Path path;
};

// Reads the folder into `taught`; lesson, resources, questions and flashcards go to `content`.
void ReadConceptFolder(const ConceptFolder& folder, ContentReader& reader, v1::Concept& taught,
                       v1::RevisionContent& content);

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_ADAPTERS_CONCEPT_FOLDER_H_
