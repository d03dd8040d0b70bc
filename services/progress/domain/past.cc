#include "services/progress/domain/past.h"

#include "absl/strings/str_cat.h"
#include "common/status/macros.h"
#include "services/progress/domain/event_type.h"
#include "services/progress/domain/fold.h"
#include "services/progress/domain/history_digest.h"
#include "services/progress/domain/refusal.h"
#include "services/progress/domain/timestamps.h"
#include "services/progress/errors.h"

namespace edirae::progress {

using events::v1::LearnerEvent;

absl::StatusOr<bool> PastState::Take(absl::string_view payload) {
  if (!event_.ParseFromArray(payload.data(), static_cast<int>(payload.size()))) {
    return absl::DataLossError(absl::StrCat("what follows place ", state_.last_seq(), " is not an event"));
  }
  if (event_.learner_seq() > moment_.seq || FromProto(event_.record_time()) > moment_.time) return false;
  EDIRAE_RETURN_IF_ERROR(Fold(state_, event_));
  digest_ = DigestAfter(digest_, event_, payload);
  return true;
}

bool EventFilter::Wants(const LearnerEvent& event) const {
  if (!bodies.empty() && !bodies.contains(event.body_case())) return false;
  const absl::Time recorded = FromProto(event.record_time());
  return recorded >= start && recorded < end;
}

absl::StatusOr<int> BodyOf(absl::string_view event_type) {
  const auto* body = LearnerEvent::descriptor()->FindOneofByName("body");
  for (int i = 0; i < body->field_count(); ++i) {
    const int number = body->field(i)->number();
    if (EventType(static_cast<LearnerEvent::BodyCase>(number)) == event_type) return number;
  }
  return Invalid(reason::kOutOfRange, absl::StrCat("there is no kind of event '", event_type, "'"), "event_types");
}

}  // namespace edirae::progress
