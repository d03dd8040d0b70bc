#ifndef EDIRAE_CLI_CATALOG_PREVIEW_H_
#define EDIRAE_CLI_CATALOG_PREVIEW_H_

#include <ostream>
#include <string>

#include "absl/status/status.h"
#include "cli/terminal/terminal.h"
#include "edirae/catalog/v1/revision_service.pb.h"

namespace edirae::cli {

// A concept as its author needs it: lesson, misconceptions, resources, questions with their keys, hints and feedback,
// flashcards. NOT_FOUND when the content has no such concept. What belongs to other concepts may have mistakes.
absl::Status PrintPreview(const catalog::v1::RevisionContent& content, const std::string& concept_id,
                          const Style& style, std::ostream& out);

}  // namespace edirae::cli

#endif  // EDIRAE_CLI_CATALOG_PREVIEW_H_
