#ifndef EDIRAE_COMMON_SEARCH_SEARCHER_H_
#define EDIRAE_COMMON_SEARCH_SEARCHER_H_

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/search/document.h"
#include "common/search/index.h"

namespace edirae::search {

// What a search of a certain version of the documents found. Keeps those documents.
struct VersionedFound {
  int64_t version = 0;
  Found found;
  std::shared_ptr<const Index> index;
};

// Searches documents that are replaced as a whole, version after version, without ever blocking a caller: indexes are
// built on one thread of its own, at low priority, and searched on a few others. Thread-safe.
class Searcher {
 public:
  using Documents = std::function<std::vector<Document>()>;
  using Done = absl::AnyInvocable<void(absl::StatusOr<VersionedFound>) &&>;

  explicit Searcher(int threads);
  // Waits for searches under way; those that wait end as UNAVAILABLE, and so do later ones.
  ~Searcher();

  // Searches look into `documents` as soon as they are indexed, and until then into those before. Called on the thread
  // that builds; not at all when a newer version arrives first.
  void Replace(int64_t version, Documents documents);

  // Calls `done` exactly once, from a thread of the searcher's or, when it refuses, from the caller's. Errors: those of
  // Index::Search; UNAVAILABLE with reason SEARCH_NOT_READY before the first index, RESOURCE_EXHAUSTED with reason
  // TOO_MANY_SEARCHES when `limits::kMaxWaiting` wait, DEADLINE_EXCEEDED when `deadline` passes meanwhile.
  void Search(Query query, absl::Time deadline, Done done);

 private:
  struct Version {
    int64_t number;
    Documents documents;
  };
  struct Waiting {
    Query query;
    absl::Time deadline;
    Done done;
  };

  void BuildIndexes();
  void AnswerQueries();

  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::optional<Version> next_ ABSL_GUARDED_BY(mutex_);
  int64_t version_ ABSL_GUARDED_BY(mutex_) = 0;
  std::shared_ptr<const Index> index_ ABSL_GUARDED_BY(mutex_);
  std::deque<Waiting> waiting_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::thread> threads_;
};

}  // namespace edirae::search

#endif  // EDIRAE_COMMON_SEARCH_SEARCHER_H_
