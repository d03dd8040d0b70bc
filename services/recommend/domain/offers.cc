#include "services/recommend/domain/offers.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/ids/ids.h"

namespace edirae::recommend {
namespace {

IdKey PlaceOf(const v1::NextSteps& steps) { return KeyOf(absl::StrCat(steps.learner_id(), "/", steps.roadmap_id())); }

}  // namespace

uint64_t OfferKeyOf(const v1::NextSteps& steps) {
  std::string text;
  for (const v1::Suggestion& it : steps.suggestions()) {
    absl::StrAppend(&text, it.kind(), " ", it.concept_id(), " ", it.reason(), " ", it.question_id(), " ", it.card_id(),
                    " ", it.stage_id(), " ", it.milestone_id());
    for (const std::string& resource_id : it.resource_ids()) absl::StrAppend(&text, " ", resource_id);
    text.push_back('\n');
  }
  return KeyOf(text);
}

v1::RecommendationEvent OfferEvent(const v1::NextSteps& steps, uint64_t offer, absl::Time now) {
  v1::RecommendationEvent event;
  const IdKey place = KeyOf(absl::StrCat(steps.learner_id(), "/", steps.roadmap_id(), "/", steps.as_of_seq()));
  event.set_event_id(absl::StrCat(absl::Hex(place, absl::kZeroPad16), absl::Hex(offer, absl::kZeroPad16)));
  event.set_learner_id(steps.learner_id());
  event.set_partition(PartitionOf(steps.learner_id()));
  const int64_t nanos = absl::ToUnixNanos(now);
  event.mutable_offer_time()->set_seconds(nanos / 1'000'000'000);
  event.mutable_offer_time()->set_nanos(static_cast<int>(nanos % 1'000'000'000));
  event.set_roadmap_id(steps.roadmap_id());
  event.set_as_of_seq(steps.as_of_seq());
  event.set_catalog_revision(steps.catalog_revision());
  for (const v1::Suggestion& it : steps.suggestions()) {
    v1::OfferedStep& offered = *event.mutable_steps_offered()->add_steps();
    offered.set_kind(it.kind());
    offered.set_concept_id(it.concept_id());
    offered.set_milestone_id(it.milestone_id());
    offered.set_reason(it.reason());
    offered.set_question_id(it.question_id());
    offered.set_card_id(it.card_id());
    *offered.mutable_resource_ids() = it.resource_ids();
    offered.set_score(it.score());
    offered.set_success_chance(it.success_chance());
  }
  return event;
}

bool LastOffers::IsNew(const v1::NextSteps& steps, uint64_t offer) {
  const IdKey place = PlaceOf(steps);
  if (const auto known = entries_.find(place); known != entries_.end()) {
    uses_.splice(uses_.begin(), uses_, known->second.use);
    return std::exchange(known->second.offer, offer) != offer;
  }
  if (entries_.size() == capacity_) {
    entries_.erase(uses_.back());
    uses_.pop_back();
  }
  uses_.push_front(place);
  entries_[place] = {.offer = offer, .use = uses_.begin()};
  return true;
}

}  // namespace edirae::recommend
