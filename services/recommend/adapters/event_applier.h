#ifndef EDIRAE_SERVICES_RECOMMEND_ADAPTERS_EVENT_APPLIER_H_
#define EDIRAE_SERVICES_RECOMMEND_ADAPTERS_EVENT_APPLIER_H_

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "common/clock/clock.h"
#include "common/metrics/metrics.h"
#include "services/recommend/adapters/live_states.h"
#include "services/recommend/adapters/owned_partitions.h"
#include "services/recommend/adapters/receipt.h"
#include "services/recommend/adapters/state_saver.h"
#include "services/recommend/domain/models.h"

namespace edirae::recommend {

// An event from its bytes on the bus. INVALID_ARGUMENT saying what is wrong when it can never be applied.
absl::StatusOr<events::v1::LearnerEvent> DecodeEvent(std::string_view bytes);

// Applies events to the states, each once and in each learner's order, shows the new states at once, and has them
// saved. For one thread. All references must outlive this object.
class EventApplier {
 public:
  // Gets every new state; must not block.
  using OnChange = std::function<void(std::shared_ptr<const LearnerState>)>;

  EventApplier(const Models& models, LiveStates& states, StateSaver& saver, const Clock& clock, Metrics& metrics,
               OnChange on_change);

  // Settles the receipt of every arrival, now or when it is applied and saved.
  void Apply(std::vector<Arrival> arrivals);

  // Learners whose next event has been missing for limits::kGapPatience.
  std::vector<Gap> Gaps() const;

  // Learners of whom the bus repeated an event since the last call, at most limits::kMaxDoubted.
  std::vector<std::string> TakeRepeated();

  // Where a learner's state stands. UNAVAILABLE when it cannot be read now.
  absl::StatusOr<int64_t> AppliedSeq(const std::string& learner_id);

  // Forgets what waits of the partitions.
  void Drop(const PartitionSet& partitions);

  // Gives held events back to who reads the stream. The last call.
  void GiveBack();

 private:
  // A state while a batch is applied to it.
  struct Working {
    std::shared_ptr<const LearnerState> before;
    std::shared_ptr<LearnerState> after;  // null until something changes
    int64_t applied_seq() const { return after == nullptr ? before->applied_seq : after->applied_seq; }
  };
  struct Batch {
    absl::flat_hash_map<std::string, Working> learners;
    std::vector<std::unique_ptr<Receipt>> receipts;  // of what is applied
  };

  void ApplyOne(Arrival arrival, Batch& batch);
  // Applies a tombstone, whether or not what came before it has come.
  void Erase(Arrival arrival, Working& working, Batch& batch);
  void FoldReady(std::vector<Arrival> ready, Working& working, Batch& batch);
  void Publish(Batch batch);

  const Models& models_;
  LiveStates& states_;
  StateSaver& saver_;
  const Clock& clock_;
  const OnChange on_change_;
  EventInbox inbox_;
  absl::flat_hash_set<std::string> repeated_;
  prometheus::Counter& applied_;
  prometheus::Counter& duplicates_;
  prometheus::Counter& held_total_;
  prometheus::Counter& no_room_;
  prometheus::Gauge& held_;
  prometheus::Histogram& delay_;
};

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_ADAPTERS_EVENT_APPLIER_H_
