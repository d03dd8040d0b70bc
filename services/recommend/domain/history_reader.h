#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_HISTORY_READER_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_HISTORY_READER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "edirae/events/v1/learner_event.pb.h"

namespace edirae::recommend {

// Reads the ledger for what the bus lost. Thread-safe, never blocks.
class HistoryReader {
 public:
  using Callback = absl::AnyInvocable<void(absl::StatusOr<std::vector<events::v1::LearnerEvent>>) &&>;

  virtual ~HistoryReader() = default;

  // Gives the first page of the learner's events after `after_seq`, in order; empty when there is none. `callback` runs
  // once, on any thread, and must not block. UNAVAILABLE or DEADLINE_EXCEEDED when the ledger does not answer.
  virtual void Read(const std::string& learner_id, int64_t after_seq, Callback callback) = 0;
};

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_HISTORY_READER_H_
