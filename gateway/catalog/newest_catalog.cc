#include "gateway/catalog/newest_catalog.h"

#include "common/catalog_reads/limits.h"
#include "common/catalog_reads/search_documents.h"
#include "common/process/release_last.h"
#include "gateway/errors.h"

namespace edirae::gateway {

using catalog_reads::CatalogAnswers;

NewestCatalog::NewestCatalog() : searcher_(std::make_unique<search::Searcher>(catalog_reads::limits::kSearchThreads)) {}

void NewestCatalog::Set(const std::shared_ptr<const CatalogRevision>& revision) {
  auto answers = std::make_shared<const CatalogAnswers>(
      revision->number, std::shared_ptr<const catalog::v1::RevisionContent>(revision, &revision->content));
  {
    const std::lock_guard lock(mutex_);
    answers_.swap(answers);
  }
  searcher_->Replace(revision->number,
                     [revision](const search::Visit& visit) { catalog_reads::EachDocument(revision->content, visit); });
  process::ReleaseLast(std::move(answers));
}

absl::StatusOr<std::shared_ptr<const CatalogAnswers>> NewestCatalog::Get() const {
  const std::lock_guard lock(mutex_);
  if (answers_ == nullptr) return CatalogNotLoaded();
  return answers_;
}

}  // namespace edirae::gateway
