#ifndef EDIRAE_SERVICES_PROGRESS_DOMAIN_CRITERION_CHECK_H_
#define EDIRAE_SERVICES_PROGRESS_DOMAIN_CRITERION_CHECK_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "edirae/catalog/v1/content.pb.h"

namespace edirae::progress {

// INVALID_ARGUMENT, naming the concept, unless the criterion's numbers are such that somebody can meet it.
absl::Status CheckCriterion(absl::string_view concept_id, const catalog::v1::MasteryCriterion& criterion);

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_DOMAIN_CRITERION_CHECK_H_
