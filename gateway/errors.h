#ifndef EDIRAE_GATEWAY_ERRORS_H_
#define EDIRAE_GATEWAY_ERRORS_H_

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/status/error.h"

// Every error that the gateway itself gives a client, with its stable reason. Those of the services behind it are
// passed on.
namespace edirae::gateway {

inline constexpr char kErrorDomain[] = "gateway.edirae";

inline absl::Status TokenMissing() {
  return MakeError(absl::StatusCode::kUnauthenticated, "TOKEN_MISSING",
                   "send the metadata `authorization: Bearer <token>`");
}

// `problem` tells what is wrong without telling the token.
inline absl::Status TokenInvalid(absl::string_view problem) {
  return MakeError(
      absl::StatusCode::kUnauthenticated, "TOKEN_INVALID",
      absl::StrCat("the token ", problem, "; `edirae token` makes a good one when it has the same --data as ",
                   "`edirae serve`, or the gateway's --token-secret"));
}

inline absl::Status TokenExpired() {
  return MakeError(absl::StatusCode::kUnauthenticated, "TOKEN_EXPIRED", "the token has expired; get a new one");
}

inline absl::Status CatalogNotLoaded() {
  return MakeError(absl::StatusCode::kUnavailable, "CATALOG_NOT_LOADED",
                   "no revision of the catalog has arrived yet; retry after a pause");
}

inline absl::Status ResumeTokenInvalid() {
  return MakeError(absl::StatusCode::kInvalidArgument, "RESUME_TOKEN_INVALID",
                   "resume_token is not of this learner and roadmap; call without it");
}

inline absl::Status RequestIdMissing() {
  return MakeError(absl::StatusCode::kInvalidArgument, "REQUEST_ID_MISSING",
                   "every write needs a request_id, best a UUID, and the same one when it is retried");
}

inline absl::Status RequestTooLarge(size_t max) {
  return MakeError(absl::StatusCode::kInvalidArgument, "REQUEST_TOO_LARGE",
                   absl::StrCat("a request has at most ", max, " bytes"), {{"limit", absl::StrCat(max)}});
}

inline absl::Status TooManyRequests(absl::string_view whose) {
  return MakeError(absl::StatusCode::kResourceExhausted, "TOO_MANY_REQUESTS",
                   absl::StrCat("too many calls of ", whose, " are unanswered; retry after a pause"));
}

inline absl::Status TooManyWatchers(absl::string_view whose) {
  return MakeError(absl::StatusCode::kResourceExhausted, "TOO_MANY_WATCHERS",
                   absl::StrCat("too many watches of ", whose, " are open; close one or retry after a pause"));
}

inline absl::Status WatchTooOld() {
  return MakeError(absl::StatusCode::kUnavailable, "WATCH_TOO_OLD",
                   "a watch ends after a while; call again with the last resume_token");
}

inline absl::Status Stopping() {
  return MakeError(absl::StatusCode::kUnavailable, "STOPPING",
                   "the server stops; call again, to watch with the last resume_token");
}

}  // namespace edirae::gateway

#endif  // EDIRAE_GATEWAY_ERRORS_H_
