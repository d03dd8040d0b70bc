#include "common/search/searcher.h"

#include <utility>

#include "absl/time/clock.h"
#include "common/log/log.h"
#include "common/process/release_last.h"
#include "common/process/this_thread.h"
#include "common/search/limits.h"
#include "common/status/error.h"

namespace edirae::search {
namespace {

absl::Status Stopping() {
  return MakeError(absl::StatusCode::kUnavailable, "STOPPING", "the server stops; search again");
}

absl::Status NotReady() {
  return MakeError(absl::StatusCode::kUnavailable, "SEARCH_NOT_READY",
                   "nothing is indexed yet; search again after a pause");
}

absl::Status TooMany() {
  return MakeError(absl::StatusCode::kResourceExhausted, "TOO_MANY_SEARCHES",
                   "too many searches wait; search again after a pause");
}

// What came of a version.
struct Followed {
  std::shared_ptr<const Index> index;  // null when all documents have to be indexed first
  bool wants_anew = false;             // whether so much has changed that they should be
};

// Indexes the changes from `base`, which may be null, to `documents`.
Followed Follow(std::shared_ptr<const Segment> base, const Documents& documents) {
  if (base == nullptr) return {.index = nullptr, .wants_anew = true};
  const size_t size = base->documents().size();
  Changes changes = ChangesFrom(*base, documents);
  Followed followed{.index = nullptr, .wants_anew = changes.count() * limits::kOldShare > size};
  if (changes.count() * limits::kChangedShare > size) return followed;
  absl::StatusOr<std::shared_ptr<const Index>> built = Index::Build(std::move(base), std::move(changes));
  if (built.ok()) {
    followed.index = *std::move(built);
  } else {
    log::Error("cannot index what a version changes", {{"error", built.status()}});
  }
  return followed;
}

absl::StatusOr<VersionedFound> Look(std::shared_ptr<const Index> index, int64_t version, const Query& query) {
  if (index == nullptr) return NotReady();
  absl::StatusOr<Found> found = index->Search(query);
  if (!found.ok()) return found.status();
  return VersionedFound{version, *std::move(found), std::move(index)};
}

}  // namespace

Searcher::Searcher(int threads) {
  threads_.emplace_back([this] { FollowVersions(); });
  threads_.emplace_back([this] { IndexAnew(); });
  for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { AnswerQueries(); });
}

Searcher::~Searcher() {
  std::deque<Waiting> refused;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    refused.swap(waiting_);
    changed_.notify_all();
  }
  for (Waiting& waiting : refused) std::move(waiting.done)(Stopping());
  for (std::thread& thread : threads_) thread.join();
}

void Searcher::Replace(int64_t version, Documents documents) {
  auto newest = std::make_shared<const Version>(Version{version, std::move(documents)});
  {
    const std::lock_guard lock(mutex_);
    newest_.swap(newest);
    to_follow_ = true;
    changed_.notify_all();
  }
  // The documents of the version before end here, after the lock.
}

void Searcher::Search(Query query, absl::Time deadline, Done done) {
  Waiting search{std::move(query), deadline, std::move(done)};
  if (const absl::Status refusal = Enqueue(search); !refusal.ok()) std::move(search.done)(refusal);
}

absl::Status Searcher::Enqueue(Waiting& search) {
  const std::lock_guard lock(mutex_);
  if (stopping_) return Stopping();
  if (waiting_.size() >= limits::kMaxWaiting) return TooMany();
  waiting_.push_back(std::move(search));
  changed_.notify_all();
  return absl::OkStatus();
}

void Searcher::FollowVersions() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return stopping_ || to_follow_; });
    if (stopping_) return;
    to_follow_ = false;
    const std::shared_ptr<const Version> newest = newest_;
    std::shared_ptr<const Segment> base = base_;
    lock.unlock();
    const absl::Time start = absl::Now();
    Followed followed = Follow(std::move(base), newest->documents);
    if (followed.index != nullptr) {
      log::Info("search index is ready", {{"version", newest->number},
                                          {"documents", followed.index->documents()},
                                          {"milliseconds", absl::ToInt64Milliseconds(absl::Now() - start)}});
    }
    lock.lock();
    if (followed.index != nullptr) {
      version_ = newest->number;
      index_.swap(followed.index);
    }
    if (followed.wants_anew && !indexing_) {
      indexing_ = true;
      to_index_ = newest;
      changed_.notify_all();
    }
    lock.unlock();
    process::ReleaseLast(std::move(followed.index));  // the index before
    lock.lock();
  }
}

void Searcher::IndexAnew() {
  process::YieldToForeground();
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return stopping_ || to_index_ != nullptr; });
    if (stopping_) return;
    std::shared_ptr<const Version> version = std::move(to_index_);
    lock.unlock();
    absl::StatusOr<std::shared_ptr<const Segment>> built = SegmentOf(*version);
    version.reset();
    lock.lock();
    indexing_ = false;
    if (!built.ok()) continue;
    base_.swap(*built);
    to_follow_ = true;
    changed_.notify_all();
    lock.unlock();
    built->reset();  // the base before, unless what is searched still has it
    lock.lock();
  }
}

absl::StatusOr<std::shared_ptr<const Segment>> Searcher::SegmentOf(const Version& version) {
  const absl::Time start = absl::Now();
  std::vector<Document> documents;
  version.documents([&](Document document) { documents.push_back(std::move(document)); });
  auto built = Segment::Build(std::move(documents), [this] { return stopping_.load(); });
  if (built.ok()) {
    log::Info("indexed all documents anew",
              {{"version", version.number}, {"milliseconds", absl::ToInt64Milliseconds(absl::Now() - start)}});
  } else if (!stopping_) {
    log::Error("cannot build a search index", {{"version", version.number}, {"error", built.status()}});
  }
  return built;
}

void Searcher::AnswerQueries() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return stopping_ || !waiting_.empty(); });
    if (stopping_) return;
    Waiting next = std::move(waiting_.front());
    waiting_.pop_front();
    std::shared_ptr<const Index> index = index_;
    const int64_t version = version_;
    lock.unlock();
    if (absl::Now() > next.deadline) {
      std::move(next.done)(absl::DeadlineExceededError("too many searches waited before this one"));
    } else {
      std::move(next.done)(Look(std::move(index), version, next.query));
    }
    lock.lock();
  }
}

}  // namespace edirae::search
