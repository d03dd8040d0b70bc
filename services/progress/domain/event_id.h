#ifndef EDIRAE_SERVICES_PROGRESS_DOMAIN_EVENT_ID_H_
#define EDIRAE_SERVICES_PROGRESS_DOMAIN_EVENT_ID_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace edirae::progress {

// A UUID in 16 bytes instead of 36, because learner states hold many.
struct EventId {
  uint64_t high = 0;
  uint64_t low = 0;

  // From the usual text form, lower case; nothing when it is not one.
  static std::optional<EventId> Parse(absl::string_view text);
  std::string ToString() const;

  friend bool operator==(const EventId&, const EventId&) = default;
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_DOMAIN_EVENT_ID_H_
