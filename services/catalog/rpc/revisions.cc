#include "services/catalog/rpc/revisions.h"

#include <utility>

#include "common/catalog_feed/digest.h"
#include "common/catalog_reads/search_documents.h"
#include "services/catalog/rpc/revision_parts.h"

namespace edirae::catalog {

Publication::Publication(int64_t number, absl::Time publish_time, v1::RevisionContent content)
    : revision(number, publish_time, std::move(content)),
      digest(DigestOf(revision.content())),
      answers(number, revision.content()),
      parts(PartsOf(revision, digest)) {}

void Revisions::Show(std::shared_ptr<const Publication> publication) {
  {
    const std::lock_guard lock(mutex_);
    current_.swap(publication);
  }
  IndexCurrent();
  const std::lock_guard listening(listening_);
  if (on_show_) on_show_();
}

void Revisions::IndexCurrent() {
  searcher_.Replace(Current()->revision.number(),
                    [current = Current()] { return catalog_reads::DocumentsOf(current->revision.content()); });
}

std::shared_ptr<const Publication> Revisions::Current() const {
  const std::lock_guard lock(mutex_);
  return current_;
}

void Revisions::Listen(OnShow on_show) {
  const std::lock_guard lock(listening_);
  on_show_ = std::move(on_show);
}

void Revisions::Ignore() {
  const std::lock_guard lock(listening_);
  on_show_ = nullptr;
}

}  // namespace edirae::catalog
