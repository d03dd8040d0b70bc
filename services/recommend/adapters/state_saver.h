#ifndef EDIRAE_SERVICES_RECOMMEND_ADAPTERS_STATE_SAVER_H_
#define EDIRAE_SERVICES_RECOMMEND_ADAPTERS_STATE_SAVER_H_

#include <memory>
#include <vector>

#include "services/recommend/adapters/receipt.h"
#include "services/recommend/domain/learner_state.h"

namespace edirae::recommend {

// Where changed states go, to be saved some time later.
class StateSaver {
 public:
  virtual ~StateSaver() = default;

  // Takes states, and the receipts of events that they (or earlier ones) reflect, which are settled when that is
  // saved and not before. A state takes the place of an earlier one of the same learner. May wait for room.
  virtual void Submit(std::vector<std::shared_ptr<const LearnerState>> states,
                      std::vector<std::unique_ptr<Receipt>> receipts) = 0;
};

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_ADAPTERS_STATE_SAVER_H_
