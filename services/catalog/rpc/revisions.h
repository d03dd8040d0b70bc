#ifndef EDIRAE_SERVICES_CATALOG_RPC_REVISIONS_H_
#define EDIRAE_SERVICES_CATALOG_RPC_REVISIONS_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/catalog_reads/catalog_answers.h"
#include "common/catalog_reads/limits.h"
#include "common/search/searcher.h"
#include "edirae/catalog/v1/revision_service.pb.h"
#include "grpcpp/support/byte_buffer.h"
#include "services/catalog/domain/revision.h"

namespace edirae::catalog {

// A revision with everything that is made from it once. Immutable.
struct Publication {
  Publication(int64_t number, absl::Time publish_time, v1::RevisionContent content);

  const Revision revision;
  const catalog_reads::CatalogAnswers answers;
  // As `WatchRevisions` sends it.
  const std::vector<grpc::ByteBuffer> parts;
};

// Holds the newest revision. Thread-safe.
class Revisions {
 public:
  using OnPublish = std::function<void()>;

  // Publishes content under the next number, 1 at first. INVALID_ARGUMENT, with every finding, for content that does
  // not pass `Validate`. Blocks for as long as serializing takes; readers meanwhile see the revision before.
  absl::Status Publish(v1::RevisionContent content, absl::Time publish_time);

  // The newest publication; null before the first.
  std::shared_ptr<const Publication> Current() const;

  // Searches the newest publication, once that is indexed.
  search::Searcher& searcher() { return searcher_; }

  // Runs `on_publish` after each publication, on the publisher's thread, until `Ignore`, which waits for a running one.
  // For one listener; it must not block.
  void Listen(OnPublish on_publish);
  void Ignore();

 private:
  // Has what is current now indexed in the background.
  void IndexCurrent();

  std::mutex publishing_;  // one publisher at a time
  mutable std::mutex mutex_;
  std::shared_ptr<const Publication> current_ ABSL_GUARDED_BY(mutex_);
  std::mutex listening_;
  OnPublish on_publish_ ABSL_GUARDED_BY(listening_);
  search::Searcher searcher_{catalog_reads::limits::kSearchThreads};
};

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_RPC_REVISIONS_H_
