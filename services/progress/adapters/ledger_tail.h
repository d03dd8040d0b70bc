#ifndef EDIRAE_SERVICES_PROGRESS_ADAPTERS_LEDGER_TAIL_H_
#define EDIRAE_SERVICES_PROGRESS_ADAPTERS_LEDGER_TAIL_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "services/progress/adapters/id_hash.h"

namespace edirae::progress {

// What the index knows of one event. Refers to strings that outlive it.
struct IndexedEvent {
  int64_t position = 0;
  absl::string_view learner_id;
  int64_t learner_seq = 0;
  absl::string_view request_id;  // empty for an event that followed from another
};

// Where the newest events and request ids of each learner are, in memory. Knows ids by their hashes. About 100 bytes an
// event. Not synchronised.
class LedgerTail {
 public:
  // Positions rise, and so do the sequences of a learner.
  void Add(const IndexedEvent& event);

  // Position of the event of an action.
  std::optional<int64_t> FindRequest(absl::string_view learner_id, absl::string_view request_id) const;

  // The newest place in the learner's history, when it is here.
  std::optional<int64_t> LastSeq(absl::string_view learner_id) const;

  // Adds the positions of the learner's events after `after_seq`, in order.
  void AppendPositions(absl::string_view learner_id, int64_t after_seq, std::vector<int64_t>& positions) const;

  // Forgets a learner, who made these requests; their events count on for `size` and `last_position`.
  void Forget(absl::string_view learner_id, const std::vector<std::string>& request_ids);

  size_t size() const { return events_.size(); }
  int64_t last_position() const { return events_.empty() ? 0 : events_.back().position; }

 private:
  static constexpr int32_t kNone = -1;

  struct Event {
    int64_t position;
    int64_t learner_seq;
    int32_t before;  // index of the learner's event before this one
  };

  std::vector<Event> events_;
  absl::flat_hash_map<IdHash, int32_t> newest_;  // of each learner
  absl::flat_hash_map<IdHash, int64_t> requests_;
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_ADAPTERS_LEDGER_TAIL_H_
