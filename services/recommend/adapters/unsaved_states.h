#ifndef EDIRAE_SERVICES_RECOMMEND_ADAPTERS_UNSAVED_STATES_H_
#define EDIRAE_SERVICES_RECOMMEND_ADAPTERS_UNSAVED_STATES_H_

#include <memory>
#include <string>

#include "services/recommend/domain/learner_state.h"

namespace edirae::recommend {

// Where a saver gets the states of those who have changed. Thread-safe.
class UnsavedStates {
 public:
  virtual ~UnsavedStates() = default;

  // The newest state, with everything that has been applied. Null when it is not kept any more.
  virtual std::shared_ptr<const LearnerState> ToSave(const std::string& learner_id) = 0;

  // `state`, and what came before it, is in the store.
  virtual void Saved(const LearnerState& state) = 0;
};

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_ADAPTERS_UNSAVED_STATES_H_
