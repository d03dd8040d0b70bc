#ifndef EDIRAE_COMMON_STATUS_MACROS_H_
#define EDIRAE_COMMON_STATUS_MACROS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

// Returns from the enclosing function when `expr`, an absl::Status, is an error.
#define EDIRAE_RETURN_IF_ERROR(expr)                                \
  do {                                                              \
    if (absl::Status edirae_status = (expr); !edirae_status.ok()) { \
      return edirae_status;                                         \
    }                                                               \
  } while (false)

#define EDIRAE_CONCAT_INNER(a, b) a##b
#define EDIRAE_CONCAT(a, b) EDIRAE_CONCAT_INNER(a, b)

// Declares or assigns `lhs` from `expr`, an absl::StatusOr, or returns its error from the enclosing function.
#define EDIRAE_ASSIGN_OR_RETURN(lhs, expr) \
  EDIRAE_ASSIGN_OR_RETURN_IMPL(EDIRAE_CONCAT(edirae_status_or_, __LINE__), lhs, expr)
#define EDIRAE_ASSIGN_OR_RETURN_IMPL(status_or, lhs, expr) \
  auto status_or = (expr);                                 \
  if (!status_or.ok()) return status_or.status();          \
  lhs = *std::move(status_or)

#endif  // EDIRAE_COMMON_STATUS_MACROS_H_
