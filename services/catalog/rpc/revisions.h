#ifndef EDIRAE_SERVICES_CATALOG_RPC_REVISIONS_H_
#define EDIRAE_SERVICES_CATALOG_RPC_REVISIONS_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/time/time.h"
#include "common/catalog_reads/catalog_answers.h"
#include "common/catalog_reads/limits.h"
#include "common/search/searcher.h"
#include "edirae/catalog/v1/revision_service.pb.h"
#include "services/catalog/domain/revision.h"
#include "services/catalog/rpc/revision_parts.h"

namespace edirae::catalog {

// A revision with everything that is made from it once. Immutable as soon as it is shown.
struct Publication {
  // `before` is the revision before, null when it is not known; it need not outlive this.
  Publication(int64_t number, v1::RevisionContent content, const Publication* before);

  // Of the revision's content, as `RevisionEnd.digest` defines it.
  const std::string& digest() const { return parts.content().digest(); }

  const Revision revision;
  const catalog_reads::CatalogAnswers answers;
  // As `WatchRevisions` sends it.
  const RevisionParts parts;
  // When it was published: known last, so that it is the time at which it was.
  absl::Time publish_time;
};

// Holds the revision that is served. Thread-safe.
class Revisions {
 public:
  using OnShow = std::function<void()>;

  // Serves another revision from now on. For one thread at a time.
  void Show(std::shared_ptr<const Publication> publication);

  // What is served; null before the first.
  std::shared_ptr<const Publication> Current() const;

  // Searches what is served, once that is indexed.
  search::Searcher& searcher() { return searcher_; }

  // Runs `on_show` after each `Show`, on its thread, until `Ignore`, which waits for a running one. For one listener;
  // it must not block.
  void Listen(OnShow on_show);
  void Ignore();

 private:
  // Has what is current now indexed in the background.
  void IndexCurrent();

  mutable std::mutex mutex_;
  std::shared_ptr<const Publication> current_ ABSL_GUARDED_BY(mutex_);
  std::mutex listening_;
  OnShow on_show_ ABSL_GUARDED_BY(listening_);
  search::Searcher searcher_{catalog_reads::limits::kSearchThreads};
};

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_RPC_REVISIONS_H_
