#ifndef EDIRAE_SERVICES_PROGRESS_DOMAIN_CRITERIA_TRIAL_H_
#define EDIRAE_SERVICES_PROGRESS_DOMAIN_CRITERIA_TRIAL_H_

#include <memory>
#include <vector>

#include "absl/container/node_hash_map.h"
#include "absl/status/statusor.h"
#include "edirae/events/v1/learner_event.pb.h"
#include "edirae/progress/v1/criteria_service.pb.h"
#include "services/progress/domain/content_index.h"
#include "services/progress/domain/criterion.h"
#include "services/progress/domain/learner_state.h"

namespace edirae::progress {

// A roadmap as it is, but with other criteria. Immutable, thread-safe.
class TriedRoadmap {
 public:
  // ROADMAP_NOT_FOUND, CONCEPT_NOT_FOUND, STAGE_NOT_FOUND or OUT_OF_RANGE, as `TryCriteria` says. What it makes holds
  // `today`.
  static absl::StatusOr<std::shared_ptr<const TriedRoadmap>> Make(std::shared_ptr<const ContentIndex> today,
                                                                  v1::TryCriteriaRequest request);

  TriedRoadmap(const TriedRoadmap&) = delete;
  TriedRoadmap& operator=(const TriedRoadmap&) = delete;

  const IndexedRoadmap& roadmap() const { return roadmap_; }
  int64_t revision() const { return today_->revision(); }
  // Null when the roadmap has no such concept.
  const IndexedConcept* FindConcept(Key concept_key) const;

 private:
  TriedRoadmap(std::shared_ptr<const ContentIndex> today, v1::TryCriteriaRequest request)
      : today_(std::move(today)), request_(std::move(request)) {}
  void Copy(const IndexedRoadmap& roadmap);
  absl::Status Change();

  const std::shared_ptr<const ContentIndex> today_;
  const v1::TryCriteriaRequest request_;  // holds the criteria
  IndexedRoadmap roadmap_;
  absl::node_hash_map<Key, IndexedConcept> concepts_;
};

// One history, played again by other criteria: what the learner did stays, what followed from it is decided anew. A
// request to advance is decided anew where the learner made it and it was recorded; those that were refused because a
// stage before was shut are not. For one history, from its beginning; `tried` must outlive it. Not thread-safe.
class CriteriaTrial {
 public:
  explicit CriteriaTrial(const TriedRoadmap& tried) : tried_(tried) {}

  // Takes the next event. Errors of Fold.
  absl::Status Take(const events::v1::LearnerEvent& event);

  int64_t last_seq() const { return actual_.last_seq(); }

  // What came out otherwise than it did: the lists of `ChangedLearner`. False when nothing did.
  bool Compare(v1::ChangedLearner& changed) const;

 private:
  MasteryTurn TurnOf(const IndexedConcept& indexed) const;
  absl::Status Settle(const IndexedConcept& indexed, const events::v1::LearnerEvent& cause);
  absl::Status MasterIfMet(const IndexedConcept& indexed, const events::v1::LearnerEvent& cause);
  absl::Status Advance(const events::v1::LearnerEvent& request);
  // Folds what follows from `cause`, in its place.
  absl::Status FoldInPlace(events::v1::LearnerEvent event, const events::v1::LearnerEvent& cause);

  const TriedRoadmap& tried_;
  LearnerState actual_;
  LearnerState trial_;
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_DOMAIN_CRITERIA_TRIAL_H_
