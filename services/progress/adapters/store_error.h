#ifndef EDIRAE_SERVICES_PROGRESS_ADAPTERS_STORE_ERROR_H_
#define EDIRAE_SERVICES_PROGRESS_ADAPTERS_STORE_ERROR_H_

#include "absl/status/status.h"
#include "common/process/task_thread.h"
#include "common/status/error.h"
#include "services/progress/errors.h"

namespace edirae::progress {

// A failure of the store as callers see it; its details belong in the log.
inline absl::Status StoreError(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kResourceExhausted:
      return MakeError(absl::StatusCode::kResourceExhausted, reason::kStorageFull,
                       "the ledger's storage is full; nothing was recorded");
    case absl::StatusCode::kDataLoss:
      return status;
    default:
      return MakeError(absl::StatusCode::kUnavailable, reason::kStoreUnavailable,
                       "the ledger's storage does not answer; try again with the same request ids");
  }
}

// Nothing can be graded yet.
inline absl::Status NoCatalog() {
  return MakeError(absl::StatusCode::kUnavailable, reason::kNoCatalog, "no catalog revision has arrived yet");
}

// What a thread that reads the ledger answers when it takes no more.
inline process::TaskThread::Refusals ReaderRefusals() {
  return {.full = MakeError(absl::StatusCode::kResourceExhausted, reason::kQueueFull,
                            "too many reads are waiting; try again after a pause"),
          .stopping = MakeError(absl::StatusCode::kUnavailable, reason::kStopping, "progress is stopping")};
}

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_ADAPTERS_STORE_ERROR_H_
