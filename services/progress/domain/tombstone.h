#ifndef EDIRAE_SERVICES_PROGRESS_DOMAIN_TOMBSTONE_H_
#define EDIRAE_SERVICES_PROGRESS_DOMAIN_TOMBSTONE_H_

#include <cstdint>
#include <string>

#include "absl/time/time.h"
#include "common/ids/ids.h"
#include "services/progress/domain/event_head.h"

namespace edirae::progress {

// What takes the place of an erased learner's `event_count` events: the serialized event that says so, one place behind
// them.
inline std::string Tombstone(const std::string& pseudonym, int64_t event_count, absl::Time now) {
  events::v1::LearnerEvent event;
  WriteHead({.event_id = NewUuid7(now),
             .learner_id = pseudonym,
             .learner_seq = event_count + 1,
             .occur_time = now,
             .record_time = now},
            event);
  event.mutable_learner_erased()->set_event_count(event_count);
  return event.SerializeAsString();
}

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_DOMAIN_TOMBSTONE_H_
