#ifndef EDIRAE_SERVICES_PROGRESS_ADAPTERS_LEDGER_DIGESTS_H_
#define EDIRAE_SERVICES_PROGRESS_ADAPTERS_LEDGER_DIGESTS_H_

#include <cstdint>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace edirae::progress {

// How far a history has come, and its digest there.
struct KnownHistory {
  int64_t seq = 0;
  uint64_t digest = 0;

  friend bool operator==(const KnownHistory&, const KnownHistory&) = default;
};

// The digests of all histories of a ledger, as somebody found them: what a later look, or a look at a copy, is compared
// with. Names nobody: learners are XXH64 of their ids with a seed of the file's own. A plain value.
struct LedgerDigests {
  uint64_t seed = 0;
  int64_t erasure_count = 0;  // learners who had been erased
  // Written by a version that counted mentors' names in: those digests are of the events' bytes as they are.
  bool with_mentors = false;
  absl::flat_hash_map<uint64_t, KnownHistory> histories;

  uint64_t KeyOf(absl::string_view learner_id) const;
};

// Reads what WriteDigests has written. NOT_FOUND when there is no such file, DATA_LOSS when it is another one or is
// damaged.
absl::StatusOr<LedgerDigests> ReadDigests(const std::string& path);

// Writes the file, of digests without mentors' names, or leaves the one that is there. UNAVAILABLE when it cannot.
absl::Status WriteDigests(const LedgerDigests& digests, const std::string& path);

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_ADAPTERS_LEDGER_DIGESTS_H_
