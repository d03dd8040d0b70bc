#ifndef EDIRAE_SERVICES_PROGRESS_DOMAIN_MENTOR_QUEUE_H_
#define EDIRAE_SERVICES_PROGRESS_DOMAIN_MENTOR_QUEUE_H_

#include <string>

#include "absl/status/statusor.h"
#include "services/progress/domain/milestone_queue.h"

namespace edirae::progress {

// The mentors' queue as handlers see it. Thread-safe, never blocks on the disk. Errors of all: UNAVAILABLE with reason
// QUEUE_NOT_READY while the ledger is being read.
class MentorQueue {
 public:
  virtual ~MentorQueue() = default;

  // A page of what waits; `query.now` is filled in.
  virtual absl::StatusOr<QueuePage> List(QueueQuery query) const = 0;

  // Whose submission waits under this id or did so lately, so that a retry finds its first answer. NOT_FOUND with
  // reason SUBMISSION_NOT_FOUND otherwise.
  virtual absl::StatusOr<std::string> LearnerOf(const std::string& submission_id) const = 0;
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_DOMAIN_MENTOR_QUEUE_H_
