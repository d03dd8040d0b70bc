#ifndef EDIRAE_SERVICES_PROGRESS_ADAPTERS_LEDGER_VERIFIER_H_
#define EDIRAE_SERVICES_PROGRESS_ADAPTERS_LEDGER_VERIFIER_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/status/statusor.h"
#include "services/progress/adapters/ledger_digests.h"
#include "services/progress/domain/event_store.h"

namespace edirae::progress {

// Something that is not as it should be.
struct LedgerDifference {
  std::string learner_id;  // empty when it is nobody's whose name can be told
  std::string what;        // in plain English
};

// What a verification found.
struct Verification {
  int64_t event_count = 0;
  int64_t learner_count = 0;
  int64_t compared_count = 0;  // learners whose digest was known
  int64_t difference_count = 0;
  std::vector<LedgerDifference> differences;  // the first limits::kMaxDifferences of them
  LedgerDigests digests;                      // as they are now

  bool ok() const { return difference_count == 0; }
};

// What a verification is doing: `done` of `total` events read, or learners folded.
struct VerificationStep {
  const char* doing;
  int64_t done = 0;
  int64_t total = 0;
};

// Reads a whole ledger again, event by event, and compares everything that is derived from it. First in the order of
// the ledger: every place of every history once and in order, no event that cannot be read. Then learner by learner
// through the index: the same events, in the same order, that fold; of each action the answer that a retry would get.
// And with the digests that were known before, as far as those histories had come. For one use, by one thread.
class LedgerVerifier {
 public:
  using Report = std::function<void(const VerificationStep&)>;

  // `known` may be null; then `seed`, a random number, is that of the digests that are found. The first two must
  // outlive it.
  LedgerVerifier(EventStore& store, const LedgerDigests* known, uint64_t seed, Report report);

  // Events that are recorded meanwhile are left out; whoever is erased meanwhile is told as a difference. Errors of
  // EventStore, when nothing can be read at all; what cannot be read of one learner is a difference.
  absl::StatusOr<Verification> Run();

 private:
  // A history as it was read.
  struct Seen {
    KnownHistory history;
    uint64_t digest_with_mentors = 0;  // only when that is what is known
    bool has_erased_mentor = false;    // then it is another one than it was
  };

  absl::Status ReadAll();
  void CompareKnown(const std::string& learner_id, const Seen& seen);
  void Take(const StoredEvent& stored);
  void Fold(const std::string& learner_id, const KnownHistory& seen);
  // What is wrong with the events that the index has of the learner; OK when nothing is.
  absl::Status FoldByIndex(const std::string& learner_id, const KnownHistory& seen);
  absl::Status CheckAnswers(const std::string& learner_id, const std::vector<StoredEvent>& page);
  void CompareGone();
  void Differ(const std::string& learner_id, std::string what);

  EventStore& store_;
  const LedgerDigests* const known_;
  const Report report_;
  absl::btree_map<std::string, Seen> seen_;
  Verification found_;
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_ADAPTERS_LEDGER_VERIFIER_H_
