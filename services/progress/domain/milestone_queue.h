#ifndef EDIRAE_SERVICES_PROGRESS_DOMAIN_MILESTONE_QUEUE_H_
#define EDIRAE_SERVICES_PROGRESS_DOMAIN_MILESTONE_QUEUE_H_

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "edirae/events/v1/learner_event.pb.h"
#include "edirae/progress/v1/mentor_service.pb.h"

namespace edirae::progress {

// An event with its place in the ledger.
struct QueueEvent {
  int64_t position = 0;
  events::v1::LearnerEvent event;
  std::string pseudonym;  // of whose event it is, where the ledger is shared; by it their erasure is recognised
};

// What a mentor wants to see.
struct QueueQuery {
  std::string mentor_id;
  std::string milestone_id;    // empty for all
  int64_t after_position = 0;  // of the last one seen
  size_t most = 0;
  int64_t now = 0;  // Unix seconds
};

// A part of the queue, oldest first, without what was handed in.
struct QueuePage {
  std::vector<v1::MilestoneSubmission> submissions;
  int64_t next_position = 0;  // where to go on; 0 when nothing is left
};

// Everything that waits for a mentor, of all learners, folded from the ledger's events in its order. It says what there
// is to choose from; whether a claim holds is decided in the learner's history. Not synchronised.
class MilestoneQueue {
 public:
  // Whether an event changes what waits.
  static bool Concerns(const events::v1::LearnerEvent& event);

  // Moves the queue over an event that concerns it.
  void Apply(const QueueEvent& next);

  // Whose submission waits under this id, or is one of the last limits::kClosedSubmissions that did; otherwise empty.
  std::string LearnerOf(const std::string& submission_id) const;

  // What the mentor may claim, or has claimed. Looks at limits::kMaxQueueScan entries at most: a page can have fewer
  // than it could, also none, and another behind it.
  QueuePage List(const QueueQuery& query) const;

  // Drops what a learner has handed in.
  void Forget(const std::string& learner_id);

  // Drops the name of who was a mentor; what they have claimed is free again.
  void ForgetMentor(const std::string& mentor_id);

  size_t size() const { return waiting_.size(); }

 private:
  struct Waiting {
    std::string learner_id;
    std::string submission_id;
    std::string milestone_id;
    int64_t at = 0;  // Unix seconds
    int32_t attempt = 0;
    std::string claimed_by;
    int64_t claimed_until = 0;  // Unix seconds
    std::vector<std::string> reviewed_by;
  };
  // Whose submission it is.
  struct Whose {
    std::string learner_id;
    std::string pseudonym;  // as QueueEvent
  };
  using Work = std::pair<std::string, std::string>;  // learner and milestone

  static bool IsFor(const Waiting& waiting, const QueueQuery& query);
  void Add(const QueueEvent& next);
  void Remove(const Work& work);
  void ForgetPseudonym(const std::string& pseudonym);
  Waiting* Find(const Work& work);

  std::map<int64_t, Waiting> waiting_;  // by position of the submission
  absl::flat_hash_map<Work, int64_t> position_of_;
  absl::flat_hash_map<std::string, Whose> whose_;  // by submission, also of closed ones
  std::deque<std::string> closed_;                 // submissions, oldest first
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_DOMAIN_MILESTONE_QUEUE_H_
