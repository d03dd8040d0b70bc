#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_MODELS_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_MODELS_H_

#include "services/recommend/domain/mastery/weights.h"
#include "services/recommend/domain/memory/scheduler.h"

namespace edirae::recommend {

// What learners' states are folded and read with. Fixed for the life of a process and the same in every replica: the
// same events then give the same states and suggestions everywhere.
struct Models {
  mastery::Weights weights;
  memory::Scheduler scheduler = memory::Scheduler();
};

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_MODELS_H_
