#ifndef EDIRAE_COMMON_SEARCH_SEARCHER_H_
#define EDIRAE_COMMON_SEARCH_SEARCHER_H_

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
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

// Searches documents of which one version follows the other, without ever blocking a caller. A version that changes a
// small share of the documents is searched a moment later: one thread compares it with what is indexed and indexes the
// changes. Another one, at low priority, indexes all documents anew when they have changed much; meanwhile the version
// before is searched. A few more threads search. Thread-safe.
class Searcher {
 public:
  using Done = absl::AnyInvocable<void(absl::StatusOr<VersionedFound>) &&>;

  explicit Searcher(int threads);
  // Waits for searches under way; those that wait end as UNAVAILABLE, and so do later ones.
  ~Searcher();

  // Searches look into `documents` as soon as they are indexed, and until then into those before. They are kept until
  // the next version has replaced them.
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

  // An error leaves `search` as it is.
  absl::Status Enqueue(Waiting& search);
  void FollowVersions();
  void IndexAnew();
  absl::StatusOr<std::shared_ptr<const Segment>> SegmentOf(const Version& version);
  void AnswerQueries();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::atomic<bool> stopping_ = false;  // set under the mutex
  std::shared_ptr<const Version> newest_ ABSL_GUARDED_BY(mutex_);
  bool to_follow_ ABSL_GUARDED_BY(mutex_) = false;  // `newest_` or `base_` is another
  // All documents of some version, indexed; later versions are told as changes of it.
  std::shared_ptr<const Segment> base_ ABSL_GUARDED_BY(mutex_);
  std::shared_ptr<const Version> to_index_ ABSL_GUARDED_BY(mutex_);  // anew; null when there is nothing to do
  bool indexing_ ABSL_GUARDED_BY(mutex_) = false;
  // What is searched.
  int64_t version_ ABSL_GUARDED_BY(mutex_) = 0;
  std::shared_ptr<const Index> index_ ABSL_GUARDED_BY(mutex_);
  std::deque<Waiting> waiting_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::thread> threads_;
};

}  // namespace edirae::search

#endif  // EDIRAE_COMMON_SEARCH_SEARCHER_H_
