#ifndef EDIRAE_SERVICES_CATALOG_DOMAIN_REVISION_STORE_H_
#define EDIRAE_SERVICES_CATALOG_DOMAIN_REVISION_STORE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace edirae::catalog {

// How much a revision holds.
struct ContentCounts {
  int roadmaps = 0;
  int concepts = 0;
  int questions = 0;
  int flashcards = 0;

  friend bool operator==(const ContentCounts&, const ContentCounts&) = default;
};

// Content made ready to be recorded.
struct StagedContent {
  std::string digest;  // as `RevisionEnd.digest` defines it
  int64_t bytes = 0;   // serialized
  std::string packed;  // in a form that only the store knows
};

// A revision that is to be recorded.
struct NewRevision {
  absl::Time publish_time;
  std::string author;
  std::string note;
  // With the author, what tells a retry; empty for none.
  std::string request_id;
  // The older revision whose content this is; 0 when it is new content.
  int64_t restored_revision = 0;
  ContentCounts counts;
  StagedContent content;
};

// A recorded revision without its content.
struct RevisionRecord {
  int64_t number = 0;  // 1, 2, 3 … without a gap
  absl::Time publish_time;
  std::string author;
  std::string note;
  std::string request_id;
  int64_t restored_revision = 0;
  ContentCounts counts;
  std::string digest;         // of the content, as `RevisionEnd.digest` defines it
  int64_t content_bytes = 0;  // serialized

  friend bool operator==(const RevisionRecord&, const RevisionRecord&) = default;
};

// How far announcing has come: everything up to `number` is in the stream that was created at `epoch` (Unix
// nanoseconds; 0: none yet).
struct AnnouncedMark {
  int64_t epoch = 0;
  int64_t number = 0;

  friend bool operator==(const AnnouncedMark&, const AnnouncedMark&) = default;
};

// All revisions that were ever published. Append-only: nothing that was recorded changes. Thread-safe; every method may
// block on the disk.
//
// Errors of every method: UNAVAILABLE (the storage does not answer; try again), RESOURCE_EXHAUSTED (it is full),
// DATA_LOSS (it is damaged). tests/contract holds what every implementation has to prove.
class RevisionStore {
 public:
  virtual ~RevisionStore() = default;

  // Does what takes long with the content of a revision to come, a serialized v1::RevisionContent, so that `Append` is
  // quick. Nothing is recorded yet. Does not block others.
  virtual StagedContent Stage(absl::string_view content) = 0;

  // Records the revision under the number `expected_head` + 1. When it returns OK the revision is on disk, whole.
  // ABORTED when the newest revision is not `expected_head`, 0 meaning that there is none; ALREADY_EXISTS when the
  // author has used the request id.
  virtual absl::StatusOr<RevisionRecord> Append(const NewRevision& revision, int64_t expected_head) = 0;

  // The newest revision; nothing before the first.
  virtual absl::StatusOr<std::optional<RevisionRecord>> Head() = 0;

  // NOT_FOUND when there is no such revision.
  virtual absl::StatusOr<RevisionRecord> Find(int64_t number) = 0;

  // The revision that a request of the author led to; nothing when it led to none.
  virtual absl::StatusOr<std::optional<RevisionRecord>> FindRequest(const std::string& author,
                                                                    const std::string& request_id) = 0;

  // Revisions older than `before`, newest first, at most `max`.
  virtual absl::StatusOr<std::vector<RevisionRecord>> List(int64_t before, int max) = 0;

  // The serialized content, compared with its digest. NOT_FOUND when there is no such revision, DATA_LOSS when the
  // content is not what was recorded.
  virtual absl::StatusOr<std::string> ReadContent(int64_t number) = 0;

  virtual absl::StatusOr<AnnouncedMark> ReadAnnounced() = 0;
  virtual absl::Status SaveAnnounced(const AnnouncedMark& mark) = 0;
};

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_DOMAIN_REVISION_STORE_H_
