#ifndef EDIRAE_SERVICES_PROGRESS_DOMAIN_REPLY_FORM_H_
#define EDIRAE_SERVICES_PROGRESS_DOMAIN_REPLY_FORM_H_

#include "absl/status/status.h"
#include "edirae/catalog/v1/content.pb.h"

namespace edirae::progress {

// Whether a reply has the form that the question asks for, so that it can be graded. Errors are those of `Grade`.
absl::Status CheckForm(const catalog::v1::Question& question, const catalog::v1::Reply& reply);

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_DOMAIN_REPLY_FORM_H_
