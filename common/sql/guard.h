#ifndef EDIRAE_COMMON_SQL_GUARD_H_
#define EDIRAE_COMMON_SQL_GUARD_H_

#include <SQLiteCpp/Exception.h>

#include <exception>
#include <type_traits>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"

namespace edirae::sql {

// Maps an SQLite failure to a status whose message carries SQLite's text and extended code:
//   FULL, NOMEM                   RESOURCE_EXHAUSTED (disk full: succeeds again when space is back)
//   BUSY, LOCKED, CANTOPEN, IOERR UNAVAILABLE
//   CORRUPT, NOTADB               DATA_LOSS (also an I/O error that means corruption)
//   unique or primary key         ALREADY_EXISTS
//   any other constraint          FAILED_PRECONDITION
//   READONLY, PERM, AUTH          PERMISSION_DENIED
//   TOOBIG, RANGE, MISMATCH       INVALID_ARGUMENT
//   INTERRUPT, ABORT              CANCELLED
//   anything else                 INTERNAL
absl::Status ToStatus(const SQLite::Exception& error);

namespace internal {

template <class T>
struct GuardResult {
  using Type = absl::StatusOr<T>;
};
template <>
struct GuardResult<void> {
  using Type = absl::Status;
};
template <>
struct GuardResult<absl::Status> {
  using Type = absl::Status;
};
template <class T>
struct GuardResult<absl::StatusOr<T>> {
  using Type = absl::StatusOr<T>;
};

}  // namespace internal

// Runs code that may throw SQLite::Exception and returns a status instead:
//   F returns void or Status       -> Status
//   F returns T or StatusOr<T>     -> StatusOr<T>
// Nothing thrown escapes: other exceptions become INTERNAL. An SQLite::Transaction inside `body` that was not
// committed is rolled back while the exception unwinds.
template <class F>
typename internal::GuardResult<std::invoke_result_t<F>>::Type Guard(F&& body) {
  try {
    if constexpr (std::is_void_v<std::invoke_result_t<F>>) {
      std::forward<F>(body)();
      return absl::OkStatus();
    } else {
      return std::forward<F>(body)();
    }
  } catch (const SQLite::Exception& error) {
    return ToStatus(error);
  } catch (const std::exception& error) {
    return absl::InternalError(absl::StrCat("while using SQLite: ", error.what()));
  }
}

}  // namespace edirae::sql

#endif  // EDIRAE_COMMON_SQL_GUARD_H_
