#ifndef EDIRAE_SERVICES_PROGRESS_DOMAIN_PAST_H_
#define EDIRAE_SERVICES_PROGRESS_DOMAIN_PAST_H_

#include <cstdint>
#include <limits>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "edirae/events/v1/learner_event.pb.h"
#include "services/progress/domain/learner_state.h"

namespace edirae::progress {

// A moment of a history: after this event, and before the first one that was recorded later than `time`.
struct Moment {
  int64_t seq = std::numeric_limits<int64_t>::max();
  absl::Time time = absl::InfiniteFuture();
};

// A history folded up to a moment, and its digest. Give it the history from its beginning. Not thread-safe.
class PastState {
 public:
  explicit PastState(const Moment& moment) : moment_(moment) {}

  // Takes the next event, serialized. False, and then for ever, when it lies behind the moment. DATA_LOSS when it is no
  // event, or not the next one.
  absl::StatusOr<bool> Take(absl::string_view payload);

  const LearnerState& state() const { return state_; }
  uint64_t digest() const { return digest_; }

 private:
  const Moment moment_;
  events::v1::LearnerEvent event_;
  LearnerState state_;
  uint64_t digest_ = 0;
};

// Which events of a history are wanted.
struct EventFilter {
  absl::flat_hash_set<int> bodies;  // `LearnerEvent::BodyCase`; empty for all
  absl::Time start = absl::InfinitePast();
  absl::Time end = absl::InfiniteFuture();  // not included

  bool Wants(const events::v1::LearnerEvent& event) const;
};

// The kind of event that subjects name so; INVALID_ARGUMENT with reason OUT_OF_RANGE when there is none.
absl::StatusOr<int> BodyOf(absl::string_view event_type);

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_DOMAIN_PAST_H_
