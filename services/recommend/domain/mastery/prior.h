#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_PRIOR_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_PRIOR_H_

#include "absl/status/statusor.h"
#include "services/recommend/domain/mastery/weights.h"

namespace edirae::recommend::mastery {

// The weights that a platform starts with (prior.textproto): fitted to learners of our own making, without any item or
// concept. INTERNAL when the program was built with a damaged file.
absl::StatusOr<Weights> ShippedPrior();

}  // namespace edirae::recommend::mastery

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_PRIOR_H_
