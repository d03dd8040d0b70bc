#include "common/search/searcher.h"

#include <utility>

#include "absl/time/clock.h"
#include "common/log/log.h"
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

absl::StatusOr<VersionedFound> Look(std::shared_ptr<const Index> index, int64_t version, const Query& query) {
  if (index == nullptr) return NotReady();
  absl::StatusOr<Found> found = index->Search(query);
  if (!found.ok()) return found.status();
  return VersionedFound{version, *std::move(found), std::move(index)};
}

}  // namespace

Searcher::Searcher(int threads) {
  threads_.emplace_back([this] { BuildIndexes(); });
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
  const std::lock_guard lock(mutex_);
  next_ = Version{version, std::move(documents)};
  changed_.notify_all();
}

void Searcher::Search(Query query, absl::Time deadline, Done done) {
  absl::Status refusal;
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) {
      refusal = Stopping();
    } else if (waiting_.size() >= limits::kMaxWaiting) {
      refusal = TooMany();
    } else {
      waiting_.push_back({std::move(query), deadline, std::move(done)});
      changed_.notify_all();
    }
  }
  if (!refusal.ok()) std::move(done)(refusal);
}

void Searcher::BuildIndexes() {
  process::YieldToForeground();
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return stopping_ || next_.has_value(); });
    if (stopping_) return;
    const Version version = std::move(*next_);
    next_.reset();
    lock.unlock();
    const absl::Time start = absl::Now();
    absl::StatusOr<std::shared_ptr<const Index>> built = Index::Build(version.documents());
    if (built.ok()) {
      log::Info("search index is ready", {{"version", version.number},
                                          {"documents", (*built)->documents()},
                                          {"milliseconds", absl::ToInt64Milliseconds(absl::Now() - start)}});
    } else {
      log::Error("cannot build a search index", {{"version", version.number}, {"error", built.status().ToString()}});
    }
    lock.lock();
    if (!built.ok()) continue;
    version_ = version.number;
    index_.swap(*built);  // the old index ends with `built`, or with the last search in it
  }
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
