#ifndef EDIRAE_SERVICES_RECOMMEND_ADAPTERS_GAP_HEALER_H_
#define EDIRAE_SERVICES_RECOMMEND_ADAPTERS_GAP_HEALER_H_

#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "common/clock/clock.h"
#include "common/metrics/metrics.h"
#include "services/recommend/adapters/event_applier.h"
#include "services/recommend/domain/history_reader.h"

namespace edirae::recommend {

// Brings from the ledger what the bus does not: events missing before one that came, and the history of learners
// who have no checkpoint (a dropped data folder over a stream that has lost its beginning). Reads on until the ledger
// has nothing newer. Also notices a ledger that was restored from a backup: it repeats events, and lacks the newest
// that a state has applied. `CatchUp` is thread-safe, everything else is for the applying thread. All references must
// outlive this object.
class GapHealer {
 public:
  GapHealer(HistoryReader& history, const Clock& clock, Metrics& metrics);

  // Asks for a learner's history soon. Past limits::kMaxWaitingCatchUps the request is dropped: the next event of the
  // learner shows the gap.
  void CatchUp(const std::string& learner_id);

  // Applies what has come, and asks for what is missing. Call it often; it never waits.
  void Step(EventApplier& applier);

 private:
  struct Page {
    std::string learner_id;
    absl::StatusOr<std::vector<events::v1::LearnerEvent>> events;
    bool is_comparison = false;  // it starts with the newest event that was applied, if the ledger has it
  };
  // What the reader's callbacks touch; they may come after this object is gone.
  struct Mailbox {
    std::mutex mutex;
    std::vector<Page> pages ABSL_GUARDED_BY(mutex);
    std::deque<std::string> catch_ups ABSL_GUARDED_BY(mutex);
  };

  void TakePage(Page page, EventApplier& applier);
  bool MayAsk(const std::string& learner_id) const;
  void Ask(const std::string& learner_id, EventApplier& applier);
  void Read(const std::string& learner_id, int64_t after_seq, bool is_comparison);
  // Compares the states of learners whose events were repeated with the ledger, as many as may be asked about now.
  void Compare(EventApplier& applier);
  void TakeComparison(const Page& page, EventApplier& applier);
  // Whether the ledger has lacked the learner's newest event for long enough.
  bool LacksForLong(const std::string& learner_id);
  std::vector<std::string> TakeCatchUps();

  HistoryReader& history_;
  const Clock& clock_;
  prometheus::Counter& reads_;
  prometheus::Counter& failed_reads_;
  prometheus::Counter& healed_;
  prometheus::Gauge& ahead_count_;
  const std::shared_ptr<Mailbox> mailbox_ = std::make_shared<Mailbox>();
  absl::flat_hash_set<std::string> asked_;                   // reads that are under way
  absl::flat_hash_set<std::string> doubted_;                 // learners to be compared with the ledger
  absl::flat_hash_map<std::string, absl::Time> lacking_;     // of these, whom it was first found to lack, and when
  absl::flat_hash_set<std::string> ahead_;                   // learners whose state the ledger does not reach
  absl::flat_hash_map<std::string, absl::Time> not_before_;  // learners whom the ledger could not help further just now
};

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_ADAPTERS_GAP_HEALER_H_
