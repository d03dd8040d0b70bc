#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_STATE_SOURCE_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_STATE_SOURCE_H_

#include <memory>
#include <string>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "services/recommend/domain/learner_state.h"

namespace edirae::recommend {

// Where handlers read learners' states. Thread-safe, never blocks.
class StateSource {
 public:
  using Result = absl::StatusOr<std::shared_ptr<const LearnerState>>;
  using Callback = absl::AnyInvocable<void(Result) &&>;

  virtual ~StateSource() = default;

  // Gives the newest state, never null; of a learner without a history the empty one. `callback` runs once, at once or
  // on a thread of the source, and must not block. RESOURCE_EXHAUSTED when too many cold learners wait to be loaded;
  // UNAVAILABLE when a state cannot be read now, or the source is stopping.
  virtual void Get(const std::string& learner_id, Callback callback) = 0;
};

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_STATE_SOURCE_H_
