#ifndef EDIRAE_SERVICES_RECOMMEND_ADAPTERS_EVENT_APPLIER_H_
#define EDIRAE_SERVICES_RECOMMEND_ADAPTERS_EVENT_APPLIER_H_

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

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

// Fills an event from its bytes on the bus. INVALID_ARGUMENT saying what is wrong when it can never be applied.
absl::Status DecodeEvent(std::string_view bytes, events::v1::LearnerEvent& event);

// Applies events to the states, each once and in each learner's order, where readers see them at once, and has them
// saved. For one thread. All references must outlive this object.
class EventApplier {
 public:
  // Gets whose state has changed, and whether that was their erasure. On the applying thread, which waits for it.
  using OnChange = std::function<void(const std::string& learner_id, bool erased)>;

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
  struct Batch {
    absl::Time now;
    std::vector<std::string> changed;                // in the order of their first change
    std::vector<std::string> unsaved;                // of these, who is to be saved and was not submitted yet
    absl::flat_hash_set<std::string> erased;         // of those who have changed
    std::vector<std::unique_ptr<Receipt>> receipts;  // of what is applied
  };

  void ApplyOne(Arrival& arrival, Batch& batch);
  void Offer(Arrival& arrival, LiveStates::Hand& state, Batch& batch);
  // Applies a tombstone, whether or not what came before it has come.
  void Erase(Arrival& arrival, LiveStates::Hand& state, Batch& batch);
  // Applies the learner's next event, and those that waited for it.
  void FoldReady(Arrival& arrival, LearnerState& state, Batch& batch);
  void FoldNext(Arrival& next, LearnerState& state, Batch& batch);
  void NoteRepetition(Arrival& arrival, const LearnerState& state, Batch& batch);
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
