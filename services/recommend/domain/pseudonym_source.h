#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_PSEUDONYM_SOURCE_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_PSEUDONYM_SOURCE_H_

#include <string>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"

namespace edirae::recommend {

// Knows by which pseudonym a learner is on the bus. Thread-safe, never blocks.
class PseudonymSource {
 public:
  using Callback = absl::AnyInvocable<void(absl::StatusOr<std::string>) &&>;

  virtual ~PseudonymSource() = default;

  // `callback` runs once, on any thread, and must not block. UNAVAILABLE or DEADLINE_EXCEEDED when nobody answers.
  virtual void Find(const std::string& learner_id, Callback callback) = 0;
};

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_PSEUDONYM_SOURCE_H_
