#ifndef EDIRAE_SERVICES_CATALOG_TESTING_GENERATED_CATALOG_H_
#define EDIRAE_SERVICES_CATALOG_TESTING_GENERATED_CATALOG_H_

#include <cstdint>
#include <string>

namespace edirae::catalog::testing {

// How large a catalog to make. Concepts and questions are spread evenly.
struct CatalogSize {
  int roadmaps = 1;
  int concepts = 24;    // at least two a roadmap
  int questions = 240;  // at least three a concept
};

// Writes a content folder without mistakes into `folder`, which must exist: roadmaps of stages of ten concepts, each
// with a lesson, a resource, flashcards and questions of all kinds, whose prerequisites form a random graph inside the
// roadmap. The same size and seed write the same bytes. Returns how many bytes; aborts when it cannot write.
int64_t WriteGeneratedCatalog(const std::string& folder, const CatalogSize& size, uint64_t seed);

}  // namespace edirae::catalog::testing

#endif  // EDIRAE_SERVICES_CATALOG_TESTING_GENERATED_CATALOG_H_
