#ifndef EDIRAE_SERVICES_CATALOG_ERRORS_H_
#define EDIRAE_SERVICES_CATALOG_ERRORS_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/status/error.h"

// What the catalog can say no to, with the stable reasons that programs branch on.
namespace edirae::catalog::errors {

inline constexpr char kDomain[] = "catalog.edirae";

inline absl::Status NoRevision() {
  return MakeError(absl::StatusCode::kUnavailable, "NO_REVISION", "no revision is published yet; try again soon");
}

inline absl::Status NothingToServe(absl::string_view folder) {
  return MakeError(
      absl::StatusCode::kInvalidArgument, "NOTHING_TO_SERVE",
      absl::StrCat("no revision is stored in ", folder, "; name a folder of content to publish (--content)"));
}

inline absl::Status BadHeldRevision() {
  return MakeError(absl::StatusCode::kInvalidArgument, "BAD_HELD_REVISION", "held_revision must not be negative");
}

inline absl::Status RevisionNotFound(int64_t number) {
  return MakeError(absl::StatusCode::kNotFound, "REVISION_NOT_FOUND", absl::StrCat("there is no revision ", number),
                   {{"revision", absl::StrCat(number)}});
}

inline absl::Status HeadMoved(int64_t head, int64_t expected) {
  return MakeError(absl::StatusCode::kAborted, "HEAD_MOVED",
                   absl::StrCat("the newest revision is ", head, ", not ", expected,
                                "; look at what is new in it and publish again with that as expected_head"),
                   {{"head", absl::StrCat(head)}});
}

inline absl::Status RequestIdReused() {
  return MakeError(absl::StatusCode::kAlreadyExists, "REQUEST_ID_REUSED",
                   "the request_id was used for another publication; take a new one");
}

inline absl::Status RequestIdMissing() {
  return MakeError(absl::StatusCode::kInvalidArgument, "REQUEST_ID_MISSING",
                   "every write needs a request_id, best a UUID, and the same one when it is retried");
}

inline absl::Status BadNote(size_t max) {
  return MakeError(absl::StatusCode::kInvalidArgument, "BAD_NOTE",
                   absl::StrCat("note says what is new, in 1 to ", max, " bytes of text"));
}

inline absl::Status BadPublicationParts() {
  return MakeError(absl::StatusCode::kInvalidArgument, "BAD_PUBLICATION_PARTS",
                   "send one head, then content, then one end");
}

inline absl::Status ContentTooLarge(size_t max) {
  return MakeError(absl::StatusCode::kResourceExhausted, "CONTENT_TOO_LARGE",
                   absl::StrCat("all content together has at most ", max, " bytes"));
}

inline absl::Status TooManyPublications() {
  return MakeError(absl::StatusCode::kResourceExhausted, "TOO_MANY_PUBLICATIONS",
                   "too many publications are under way; try again later");
}

inline absl::Status StoreUnavailable() {
  return MakeError(absl::StatusCode::kUnavailable, "STORE_UNAVAILABLE",
                   "the catalog's storage does not answer; try again with the same request_id");
}

inline absl::Status StorageFull() {
  return MakeError(absl::StatusCode::kResourceExhausted, "STORAGE_FULL",
                   "the catalog's storage is full; nothing was published");
}

inline absl::Status TooManyWatchers() {
  return MakeError(absl::StatusCode::kResourceExhausted, "TOO_MANY_WATCHERS",
                   "too many callers watch revisions; try again later");
}

inline absl::Status Stopping() {
  return MakeError(absl::StatusCode::kUnavailable, "STOPPING",
                   "the server stops; call again with the last revision held");
}

}  // namespace edirae::catalog::errors

#endif  // EDIRAE_SERVICES_CATALOG_ERRORS_H_
