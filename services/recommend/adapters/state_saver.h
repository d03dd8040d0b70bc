#ifndef EDIRAE_SERVICES_RECOMMEND_ADAPTERS_STATE_SAVER_H_
#define EDIRAE_SERVICES_RECOMMEND_ADAPTERS_STATE_SAVER_H_

#include <memory>
#include <string>
#include <vector>

#include "services/recommend/adapters/receipt.h"

namespace edirae::recommend {

// Sees to it that changed states are saved, some time later.
class StateSaver {
 public:
  virtual ~StateSaver() = default;

  // `learners` have changed, of whom the newest states are to be saved; whoever was told before and is not saved yet
  // need not be told again. The receipts are of events that are in states of these or of earlier ones: they are settled
  // when that is saved, and not before. May wait for room.
  virtual void Submit(std::vector<std::string> learners, std::vector<std::unique_ptr<Receipt>> receipts) = 0;
};

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_ADAPTERS_STATE_SAVER_H_
