#include "services/catalog/testing/fake_revision_store.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/catalog_feed/digest.h"
#include "common/status/macros.h"

namespace edirae::catalog::testing {
namespace {

absl::Status NoRevisionOf(int64_t number) { return absl::NotFoundError(absl::StrCat("there is no revision ", number)); }

}  // namespace

StagedContent FakeRevisionStore::Stage(absl::string_view content) {
  return {
      .digest = DigestOfBytes(content), .bytes = static_cast<int64_t>(content.size()), .packed = std::string(content)};
}

absl::StatusOr<RevisionRecord> FakeRevisionStore::Append(const NewRevision& revision, int64_t expected_head) {
  const std::lock_guard guard(mutex_);
  EDIRAE_RETURN_IF_ERROR(append_error_);
  if (static_cast<int64_t>(entries_.size()) != expected_head) return absl::AbortedError("another revision is newest");
  for (const Entry& entry : entries_) {
    if (!revision.request_id.empty() && entry.record.author == revision.author &&
        entry.record.request_id == revision.request_id) {
      return absl::AlreadyExistsError("the request id is taken");
    }
  }
  RevisionRecord record = {.number = expected_head + 1,
                           .publish_time = revision.publish_time,
                           .author = revision.author,
                           .note = revision.note,
                           .request_id = revision.request_id,
                           .restored_revision = revision.restored_revision,
                           .counts = revision.counts,
                           .digest = revision.content.digest,
                           .content_bytes = revision.content.bytes};
  entries_.push_back({record, revision.content.packed});
  return record;
}

absl::StatusOr<std::optional<RevisionRecord>> FakeRevisionStore::Head() {
  const std::lock_guard guard(mutex_);
  if (entries_.empty()) return std::nullopt;
  return entries_.back().record;
}

absl::StatusOr<RevisionRecord> FakeRevisionStore::Find(int64_t number) {
  const std::lock_guard guard(mutex_);
  if (number < 1 || number > static_cast<int64_t>(entries_.size())) return NoRevisionOf(number);
  return entries_[static_cast<size_t>(number - 1)].record;
}

absl::StatusOr<std::optional<RevisionRecord>> FakeRevisionStore::FindRequest(const std::string& author,
                                                                             const std::string& request_id) {
  const std::lock_guard guard(mutex_);
  for (const Entry& entry : entries_) {
    if (!request_id.empty() && entry.record.author == author && entry.record.request_id == request_id) {
      return entry.record;
    }
  }
  return std::nullopt;
}

absl::StatusOr<std::vector<RevisionRecord>> FakeRevisionStore::List(int64_t before, int max) {
  const std::lock_guard guard(mutex_);
  std::vector<RevisionRecord> records;
  for (int64_t i = std::min(before - 1, static_cast<int64_t>(entries_.size())); i >= 1; --i) {
    if (static_cast<int>(records.size()) == max) break;
    records.push_back(entries_[static_cast<size_t>(i - 1)].record);
  }
  return records;
}

absl::StatusOr<std::string> FakeRevisionStore::ReadContent(int64_t number) {
  const std::lock_guard guard(mutex_);
  if (number < 1 || number > static_cast<int64_t>(entries_.size())) return NoRevisionOf(number);
  const Entry& entry = entries_[static_cast<size_t>(number - 1)];
  if (DigestOfBytes(entry.content) != entry.record.digest) return absl::DataLossError("content and digest differ");
  return entry.content;
}

absl::StatusOr<AnnouncedMark> FakeRevisionStore::ReadAnnounced() {
  const std::lock_guard guard(mutex_);
  return announced_;
}

absl::Status FakeRevisionStore::SaveAnnounced(const AnnouncedMark& mark) {
  const std::lock_guard guard(mutex_);
  announced_ = mark;
  return absl::OkStatus();
}

void FakeRevisionStore::Damage(int64_t number, std::string content) {
  const std::lock_guard guard(mutex_);
  entries_.at(static_cast<size_t>(number - 1)).content = std::move(content);
}

void FakeRevisionStore::FailAppends(absl::Status error) {
  const std::lock_guard guard(mutex_);
  append_error_ = std::move(error);
}

}  // namespace edirae::catalog::testing
