#ifndef EDIRAE_SERVICES_PROGRESS_DOMAIN_MENTOR_ACTS_H_
#define EDIRAE_SERVICES_PROGRESS_DOMAIN_MENTOR_ACTS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "edirae/events/v1/learner_event.pb.h"

namespace edirae::progress {

// Who did this to another's work: claimed it, gave it back or reviewed it. Empty for every other event.
const std::string& MentorOf(const events::v1::LearnerEvent& event);

// What the name of a mentor who was erased begins with in the histories of others; no id does.
inline constexpr char kErasedMentorMark = '~';

// Puts `name` where MentorOf looks; does nothing to an event without a mentor.
void RenameMentor(events::v1::LearnerEvent& event, const std::string& name);

// Where in the ledger the acts of each mentor are, which lie in the histories of those whose work it was. About 3 bytes
// an act. Not synchronised.
class MentorActs {
 public:
  // `position` is behind those of all acts before.
  void Add(const std::string& mentor_id, int64_t position);

  // Ascending. Some may have been erased since, with the history that they were in.
  std::vector<int64_t> Of(const std::string& mentor_id) const;

  void Forget(const std::string& mentor_id) { acts_.erase(mentor_id); }

 private:
  struct Acts {
    std::string steps;  // from one position to the next, as varints
    int64_t last = 0;
  };

  absl::flat_hash_map<std::string, Acts> acts_;
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_DOMAIN_MENTOR_ACTS_H_
