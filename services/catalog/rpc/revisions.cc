#include "services/catalog/rpc/revisions.h"

#include <utility>

#include "common/catalog_reads/search_documents.h"
#include "common/status/error.h"
#include "services/catalog/domain/validate.h"
#include "services/catalog/rpc/revision_parts.h"

namespace edirae::catalog {

Publication::Publication(int64_t number, absl::Time publish_time, v1::RevisionContent content)
    : revision(number, publish_time, std::move(content)),
      answers(number, revision.content()),
      parts(PartsOf(revision)) {}

absl::Status Revisions::Publish(v1::RevisionContent content, absl::Time publish_time) {
  if (const std::vector<Finding> findings = Validate(content, SourceMap()); !findings.empty()) {
    return MakeError(absl::StatusCode::kInvalidArgument, "BAD_CONTENT", ToString(findings));
  }
  const std::lock_guard publishing(publishing_);
  const std::shared_ptr<const Publication> before = Current();
  const int64_t number = before == nullptr ? 1 : before->revision.number() + 1;
  auto next = std::make_shared<const Publication>(number, publish_time, std::move(content));
  {
    const std::lock_guard lock(mutex_);
    current_ = std::move(next);
  }
  IndexCurrent();
  const std::lock_guard listening(listening_);
  if (on_publish_) on_publish_();
  return absl::OkStatus();
}

void Revisions::IndexCurrent() {
  searcher_.Replace(Current()->revision.number(),
                    [current = Current()] { return catalog_reads::DocumentsOf(current->revision.content()); });
}

std::shared_ptr<const Publication> Revisions::Current() const {
  const std::lock_guard lock(mutex_);
  return current_;
}

void Revisions::Listen(OnPublish on_publish) {
  const std::lock_guard lock(listening_);
  on_publish_ = std::move(on_publish);
}

void Revisions::Ignore() {
  const std::lock_guard lock(listening_);
  on_publish_ = nullptr;
}

}  // namespace edirae::catalog
