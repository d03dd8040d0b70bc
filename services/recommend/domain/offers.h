#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_OFFERS_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_OFFERS_H_

#include <cstddef>
#include <cstdint>
#include <list>

#include "absl/container/flat_hash_map.h"
#include "absl/time/time.h"
#include "edirae/recommend/v1/recommend_service.pb.h"
#include "edirae/recommend/v1/recommendation_event.pb.h"
#include "services/recommend/domain/learner_state.h"

namespace edirae::recommend {

// Where next steps go that are shown to learners. Thread-safe, never blocks.
class OfferSink {
 public:
  virtual ~OfferSink() = default;

  // `steps` name the learner by pseudonym.
  virtual void Offer(const v1::NextSteps& steps, absl::Time now) = 0;
};

// What next steps ask for and why, as a number: the same for steps that differ in scores, words or time only.
uint64_t OfferKeyOf(const v1::NextSteps& steps);

// The event that says that the steps were offered, whose OfferKeyOf is `offer`.
v1::RecommendationEvent OfferEvent(const v1::NextSteps& steps, uint64_t offer, absl::Time now);

// Knows what was offered last to whom on which roadmap, for the `capacity` (1 or more) that were offered something
// last. Not thread-safe.
class LastOffers {
 public:
  explicit LastOffers(size_t capacity) : capacity_(capacity) {}

  // Whether the steps, whose OfferKeyOf is `offer`, are something else than what was offered before; from now on they
  // are what was offered.
  bool IsNew(const v1::NextSteps& steps, uint64_t offer);

 private:
  struct Entry {
    uint64_t offer = 0;
    std::list<IdKey>::iterator use;
  };

  const size_t capacity_;
  absl::flat_hash_map<IdKey, Entry> entries_;  // by learner and roadmap
  std::list<IdKey> uses_;                      // newest first
};

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_OFFERS_H_
