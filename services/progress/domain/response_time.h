#ifndef EDIRAE_SERVICES_PROGRESS_DOMAIN_RESPONSE_TIME_H_
#define EDIRAE_SERVICES_PROGRESS_DOMAIN_RESPONSE_TIME_H_

#include "absl/time/time.h"
#include "edirae/catalog/v1/content.pb.h"

namespace edirae::progress {

// What nobody can undercut who reads the question, knows the answer and gives this reply: reading and reacting, then a
// movement for each choice, item or character of the reply. Why these figures:
// docs/adr/2026-11-28-answers-too-fast-to-count.md.
absl::Duration FastestReply(const catalog::v1::Question& question, const catalog::v1::Reply& reply);

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_DOMAIN_RESPONSE_TIME_H_
