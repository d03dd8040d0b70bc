#ifndef EDIRAE_SERVICES_PROGRESS_DOMAIN_GRADE_H_
#define EDIRAE_SERVICES_PROGRESS_DOMAIN_GRADE_H_

#include <vector>

#include "absl/status/statusor.h"
#include "edirae/catalog/v1/revision_service.pb.h"

namespace edirae::progress {

// A graded reply. The feedback belongs to the question's content.
struct Graded {
  bool correct = false;
  std::vector<const catalog::v1::ChoiceFeedback*> feedback;  // of the choices made, in their order
};

// Compares a reply with the key. Right means exactly the right choices, in any order. INVALID_ARGUMENT: WRONG_REPLY
// when the reply has not the form that the question's kind asks for, UNKNOWN_CHOICE when the question has no such
// choice.
absl::StatusOr<Graded> Grade(const catalog::v1::KeyedQuestion& question, const catalog::v1::Reply& reply);

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_DOMAIN_GRADE_H_
