#ifndef EDIRAE_SERVICES_PROGRESS_DOMAIN_GRADE_H_
#define EDIRAE_SERVICES_PROGRESS_DOMAIN_GRADE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "edirae/catalog/v1/revision_service.pb.h"

namespace edirae::progress {

// A graded reply. What it points at belongs to the question's content.
struct Graded {
  bool correct = false;
  // How near the reply came, 0 to 1; 1 exactly when it is right.
  double score = 0;
  // Of the choices made, in their order.
  std::vector<const catalog::v1::ChoiceFeedback*> feedback;
  // Of a wrong number, text or order: what is known of it, else the text for every other wrong reply. Otherwise null.
  const catalog::v1::ReplyFeedback* reply_feedback = nullptr;
  const std::string* other_feedback = nullptr;
};

// Compares a reply with the key, by the question's kind:
// - choices: right are exactly the right ones, in any order; the score of several is what share of the right ones was
//   chosen, less as much for each wrong one.
// - numeric: right is what lies within the tolerance, and the first wrong number within it is the known mistake.
// - short text: right is what folds to the same as an accepted text.
// - ordering: right is the one order; the score is what share of the neighbours of the right order stand as neighbours.
//
// INVALID_ARGUMENT: WRONG_REPLY when the reply has not the form that the kind asks for, UNKNOWN_CHOICE when the
// question has no such choice, NUMBER_NOT_FINITE, TEXT_TOO_LONG past `limits::kMaxReplyTextBytes`.
absl::StatusOr<Graded> Grade(const catalog::v1::KeyedQuestion& question, const catalog::v1::Reply& reply);

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_DOMAIN_GRADE_H_
