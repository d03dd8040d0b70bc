#ifndef EDIRAE_CLI_CATALOG_TRY_CRITERIA_H_
#define EDIRAE_CLI_CATALOG_TRY_CRITERIA_H_

#include <string>

#include "cli/client/session.h"
#include "edirae/catalog/v1/revision_service.pb.h"
#include "edirae/progress/v1/criteria_service.pb.h"

namespace edirae::cli {

// What of a roadmap's criteria differs between what is published and a draft, as a trial of the draft. Concepts and
// stages that only one of them has are left out: nobody has a history with them. NOT_FOUND when one of them lacks the
// roadmap.
absl::StatusOr<progress::v1::TryCriteriaRequest> TrialOf(const catalog::v1::RevisionContent& published,
                                                         const catalog::v1::RevisionContent& draft,
                                                         const std::string& roadmap_id);

// Tries the criteria of a content folder on everybody, at most `most` learners, and prints who would change as soon as
// it is known, then the sum. Errors of `TryCriteria`, and of reading the folder.
absl::Status TryCriteria(const Session& session, const std::string& folder, int most);

}  // namespace edirae::cli

#endif  // EDIRAE_CLI_CATALOG_TRY_CRITERIA_H_
