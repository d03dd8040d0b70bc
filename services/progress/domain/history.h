#ifndef EDIRAE_SERVICES_PROGRESS_DOMAIN_HISTORY_H_
#define EDIRAE_SERVICES_PROGRESS_DOMAIN_HISTORY_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "services/progress/domain/event_store.h"
#include "services/progress/domain/ledger.h"

namespace edirae::progress {

using EraseDone = absl::AnyInvocable<void(absl::StatusOr<Erasure>) &&>;
using PseudonymDone = absl::AnyInvocable<void(absl::StatusOr<std::string>) &&>;

// Whom to erase: `learner_id`, or whoever has `pseudonym` when that is set. With `request_id` the receipt is found
// again.
struct EraseOrder {
  std::string learner_id;
  std::string pseudonym;
  std::string request_id;
  bool receipt_only = false;  // erase nobody: only what was erased by this order before is asked for
};

// How far an export has come.
struct ExportPlace {
  int64_t event_files = 0;  // so many were made of the history, before those of what the person did as a mentor
  int64_t after_seq = 0;    // the events up to there are in them
  int64_t end_seq = 0;      // the last event that the archive gets
  int64_t act_files = 0;    // so many were made of what the person did as a mentor
  int64_t act_count = 0;    // acts in them
  int64_t after_act = 0;    // position of the last one that was looked at
  int64_t end_act = 0;      // position of the last one that the archive gets; 0 without any
  std::string digest;       // of what the files hold so far, 32 bytes
  std::string pseudonym;    // under which the history was when it began: there may be another one since

  friend bool operator==(const ExportPlace&, const ExportPlace&) = default;
};

// Of whom to export everything. `place` is where the part before ended; without one it is the first, and that an export
// was taken is recorded.
struct ExportOrder {
  std::string learner_id;
  std::string request_id;
  bool by_administrator = false;
  std::optional<ExportPlace> place;
};

struct ExportPart {
  std::string bytes;
  std::optional<ExportPlace> next;  // nothing after the last part
};

using ExportDone = absl::AnyInvocable<void(absl::StatusOr<ExportPart>) &&>;

// What is kept of a person, as a whole: who they are to others, how they take it along, and how they are forgotten.
// Thread-safe. No method blocks; each calls `done` exactly once, from any thread, and `done` must not block either.
// Errors as Ledger.
class History {
 public:
  virtual ~History() = default;

  // Gets a learner's pseudonym; gives them one when they have none.
  virtual void FindPseudonym(std::string learner_id, PseudonymDone done) = 0;

  // Reads the history behind a pseudonym as it is on the bus, as Ledger::ReadHistory; of an erased learner the
  // tombstone.
  virtual void ReadOnBus(std::string pseudonym, int64_t after_seq, int max_events, HistoryDone done) = 0;

  // Makes the next part of an archive of everything that is kept of a learner. NOT_FOUND when that is nothing,
  // ALREADY_EXISTS when the request id was used for something else, INVALID_ARGUMENT when they were erased since the
  // first part.
  virtual void Export(ExportOrder order, ExportDone done) = 0;

  // Erases a learner, and answers when the ledger's files have nothing of them. The same order gives the same erasure
  // again, for ever, as far as it has come by then; its proof follows by itself. NOT_FOUND when nothing is kept of the
  // learner, or when only the receipt is asked for and there is none.
  virtual void Erase(EraseOrder order, EraseDone done) = 0;
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_DOMAIN_HISTORY_H_
