#ifndef EDIRAE_SERVICES_CATALOG_TESTING_LOAD_ONE_FILE_H_
#define EDIRAE_SERVICES_CATALOG_TESTING_LOAD_ONE_FILE_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/catalog/domain/finding.h"

namespace edirae::catalog::testing {

// The kinds of content file, by name.
inline constexpr absl::string_view kFileKinds[] = {"roadmap.yaml",   "stage.yaml",      "concept.yaml",
                                                   "questions.yaml", "flashcards.yaml", "explanation.md"};

// Reads `text` as a file of `kind`, an index into `kFileKinds`, and validates what comes of it, as the only file of its
// catalog. Aborts when the loader breaks a promise: each finding has a place inside the text, a problem and a remedy,
// shown in one bounded line of UTF-8, and the same text has the same findings.
std::vector<Finding> LoadOneFile(size_t kind, const std::string& text);

}  // namespace edirae::catalog::testing

#endif  // EDIRAE_SERVICES_CATALOG_TESTING_LOAD_ONE_FILE_H_
