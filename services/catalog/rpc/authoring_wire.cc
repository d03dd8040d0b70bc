#include "services/catalog/rpc/authoring_wire.h"

#include "absl/strings/ascii.h"
#include "common/ids/ids.h"
#include "common/log/log.h"
#include "common/status/error.h"
#include "services/catalog/errors.h"

namespace edirae::catalog {

v1::Revision ToProto(const RevisionRecord& record) {
  v1::Revision revision;
  revision.set_revision(record.number);
  const int64_t nanos = absl::ToUnixNanos(record.publish_time);
  revision.mutable_publish_time()->set_seconds(nanos / 1'000'000'000);
  revision.mutable_publish_time()->set_nanos(static_cast<int>(nanos % 1'000'000'000));
  revision.set_author(record.author);
  revision.set_note(record.note);
  revision.set_digest(record.digest);
  revision.set_restored_revision(record.restored_revision);
  revision.set_roadmap_count(record.counts.roadmaps);
  revision.set_concept_count(record.counts.concepts);
  revision.set_question_count(record.counts.questions);
  revision.set_flashcard_count(record.counts.flashcards);
  revision.set_content_bytes(record.content_bytes);
  return revision;
}

absl::Status CheckPublication(const std::string& request_id, const std::string& note) {
  if (request_id.empty()) return errors::RequestIdMissing();
  if (absl::Status status = CheckOpaqueId("request_id", request_id); !status.ok()) return status;
  if (note.size() > limits::kMaxNoteBytes || absl::StripAsciiWhitespace(note).empty()) {
    return errors::BadNote(limits::kMaxNoteBytes);
  }
  return absl::OkStatus();
}

absl::Status PublicError(const absl::Status& status) {
  if (status.ok() || !ErrorInfoOf(status).reason().empty()) return status;
  log::Error("the store of revisions failed", {{"error", status}});
  if (status.code() == absl::StatusCode::kResourceExhausted) return errors::StorageFull();
  if (status.code() == absl::StatusCode::kDataLoss) return status;
  return errors::StoreUnavailable();
}

}  // namespace edirae::catalog
