#ifndef EDIRAE_SERVICES_PROGRESS_DOMAIN_EVENT_HEAD_H_
#define EDIRAE_SERVICES_PROGRESS_DOMAIN_EVENT_HEAD_H_

#include <cstdint>
#include <string>
#include <utility>

#include "absl/time/time.h"
#include "common/ids/ids.h"
#include "edirae/events/v1/learner_event.pb.h"
#include "services/progress/domain/event_type.h"
#include "services/progress/domain/timestamps.h"

namespace edirae::progress {

// What every event of the ledger says: which it is, whose, at which place of the history, and when.
struct EventHead {
  std::string event_id;
  const std::string& learner_id;
  int64_t learner_seq = 0;
  absl::Time occur_time;
  absl::Time record_time;
};

// Writes it, with the version of the schema that this program writes.
inline void WriteHead(EventHead head, events::v1::LearnerEvent& event) {
  event.set_event_id(std::move(head.event_id));
  event.set_learner_id(head.learner_id);
  event.set_learner_seq(head.learner_seq);
  event.set_partition(PartitionOf(head.learner_id));
  *event.mutable_occur_time() = ToProto(head.occur_time);
  *event.mutable_record_time() = ToProto(head.record_time);
  event.set_schema_version(kSchemaVersion);
}

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_DOMAIN_EVENT_HEAD_H_
