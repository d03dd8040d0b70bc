#include "common/rpc/call.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/ids/ids.h"
#include "common/status/error.h"

namespace edirae::rpc {
namespace {

// "00-" 32 hex "-" 16 hex "-" 2 hex, https://www.w3.org/TR/trace-context/#traceparent-header
constexpr size_t kTraceparentSize = 55;
constexpr size_t kTraceIdAt = 3;
constexpr size_t kTraceIdSize = 32;
constexpr size_t kParentIdAt = 36;
constexpr size_t kFlagsAt = 53;

bool IsTraceparent(absl::string_view text) {
  if (text.size() != kTraceparentSize || text.substr(0, kTraceIdAt) != "00-") return false;
  for (size_t i = kTraceIdAt; i < text.size(); ++i) {
    const bool dash = i == kParentIdAt - 1 || i == kFlagsAt - 1;
    const auto c = static_cast<unsigned char>(text[i]);
    if (dash ? c != '-' : !(absl::ascii_isdigit(c) || (c >= 'a' && c <= 'f'))) return false;
  }
  return text.substr(kTraceIdAt, kTraceIdSize).find_first_not_of('0') != absl::string_view::npos;
}

}  // namespace

absl::Status MalformedRequest() {
  return MakeError(absl::StatusCode::kInvalidArgument, "MALFORMED_REQUEST",
                   "the request is not a message of the method's type");
}

absl::Status CheckMayActFor(const identity::v1::Principal& principal, absl::string_view subject) {
  if (principal.role() == identity::v1::ROLE_SERVICE) return absl::OkStatus();
  const bool learns = principal.role() == identity::v1::ROLE_LEARNER || principal.role() == identity::v1::ROLE_AUTHOR ||
                      principal.role() == identity::v1::ROLE_MENTOR || principal.role() == identity::v1::ROLE_ADMIN;
  if (learns && principal.subject() == subject) return absl::OkStatus();
  return MakeError(absl::StatusCode::kPermissionDenied, "OTHER_SUBJECT",
                   "the token is not of this learner; leave learner_id empty to mean yourself");
}

absl::Status CheckMayActForAnyone(const identity::v1::Principal& principal) {
  if (principal.role() == identity::v1::ROLE_ADMIN) return absl::OkStatus();
  return CheckMayActFor(principal, "");
}

absl::Status CheckMayAuthor(const identity::v1::Principal& principal) {
  if (principal.role() == identity::v1::ROLE_AUTHOR || principal.role() == identity::v1::ROLE_SERVICE) {
    return absl::OkStatus();
  }
  return MakeError(absl::StatusCode::kPermissionDenied, "AUTHORS_ONLY",
                   "only a token with the role author may do this");
}

absl::Status CheckMayTryCriteria(const identity::v1::Principal& principal) {
  return principal.role() == identity::v1::ROLE_ADMIN ? absl::OkStatus() : CheckMayAuthor(principal);
}

absl::Status CheckMayMentor(const identity::v1::Principal& principal) {
  if (principal.role() == identity::v1::ROLE_MENTOR || principal.role() == identity::v1::ROLE_SERVICE) {
    return absl::OkStatus();
  }
  return MakeError(absl::StatusCode::kPermissionDenied, "MENTORS_ONLY",
                   "only a token with the role mentor may do this");
}

absl::Status CheckIsService(const identity::v1::Principal& principal) {
  if (principal.role() == identity::v1::ROLE_SERVICE) return absl::OkStatus();
  return MakeError(absl::StatusCode::kPermissionDenied, "SERVICES_ONLY", "only services may call this");
}

absl::string_view TraceId(absl::string_view traceparent) {
  return IsTraceparent(traceparent) ? traceparent.substr(kTraceIdAt, kTraceIdSize) : absl::string_view();
}

std::string NewTraceId() { return absl::StrFormat("%016x%016x", Random64(), Random64() | 1); }

std::string TraceparentFrom(absl::string_view received) {
  return IsTraceparent(received) ? std::string(received) : std::string();
}

}  // namespace edirae::rpc
