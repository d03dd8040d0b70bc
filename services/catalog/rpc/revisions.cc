#include "services/catalog/rpc/revisions.h"

#include <utility>

#include "common/catalog_reads/search_documents.h"
#include "common/process/release_last.h"

namespace edirae::catalog {

Publication::Publication(int64_t number, v1::RevisionContent content, const Publication* before)
    : revision(number, std::move(content)),
      answers(number, {std::shared_ptr<void>(), &revision.content()}),  // which lives as long as they do
      parts(number, catalog_feed::EncodedContent(revision.content()), before == nullptr ? nullptr : &before->parts) {}

void Revisions::Show(std::shared_ptr<const Publication> publication) {
  {
    const std::lock_guard lock(mutex_);
    current_.swap(publication);
  }
  {
    const std::lock_guard listening(listening_);
    if (on_show_) on_show_();
  }
  IndexCurrent();
  process::ReleaseLast(std::move(publication));
}

void Revisions::IndexCurrent() {
  searcher_.Replace(Current()->revision.number(), [current = Current()](const search::Visit& visit) {
    catalog_reads::EachDocument(current->revision.content(), visit);
  });
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
