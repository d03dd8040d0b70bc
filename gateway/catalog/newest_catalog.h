#ifndef EDIRAE_GATEWAY_CATALOG_NEWEST_CATALOG_H_
#define EDIRAE_GATEWAY_CATALOG_NEWEST_CATALOG_H_

#include <memory>
#include <mutex>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "common/catalog_feed/catalog_feed.h"
#include "common/catalog_reads/catalog_answers.h"
#include "common/search/searcher.h"

namespace edirae::gateway {

// Holds the answers of the newest revision, and what searches it. Thread-safe.
class NewestCatalog {
 public:
  NewestCatalog();

  // Answers by this revision from now on, and has it indexed in the background. Frees the one before, on the caller's
  // thread.
  void Set(const std::shared_ptr<const CatalogRevision>& revision);

  // UNAVAILABLE with reason CATALOG_NOT_LOADED before the first revision.
  absl::StatusOr<std::shared_ptr<const catalog_reads::CatalogAnswers>> Get() const;

  search::Searcher& searcher() const { return *searcher_; }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const catalog_reads::CatalogAnswers> answers_ ABSL_GUARDED_BY(mutex_);
  const std::unique_ptr<search::Searcher> searcher_;
};

}  // namespace edirae::gateway

#endif  // EDIRAE_GATEWAY_CATALOG_NEWEST_CATALOG_H_
