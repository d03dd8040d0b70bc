#ifndef EDIRAE_SERVICES_PROGRESS_ADAPTERS_CURRENT_CONTENT_H_
#define EDIRAE_SERVICES_PROGRESS_ADAPTERS_CURRENT_CONTENT_H_

#include <memory>
#include <mutex>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "common/process/release_last.h"
#include "services/progress/domain/retained_content.h"

namespace edirae::progress {

// The newest catalog revision, and a few before it. Thread-safe; whoever took one keeps it as long as they need it.
class CurrentContent {
 public:
  // Null before the first revision.
  std::shared_ptr<const ContentIndex> Get() const {
    std::shared_ptr<const RetainedContent> all = GetAll();
    if (all == nullptr) return nullptr;
    const ContentIndex* newest = &all->newest();
    return {std::move(all), newest};
  }

  // Null before the first revision.
  std::shared_ptr<const RetainedContent> GetAll() const {
    const std::lock_guard lock(mutex_);
    return content_;
  }

  // Null takes all of them away. Frees what is not kept any more on the caller's thread. For one thread at a time.
  void Set(std::shared_ptr<const ContentIndex> content) {
    std::shared_ptr<const RetainedContent> kept = content == nullptr ? nullptr : GetAll();
    if (content != nullptr) {
      kept = kept == nullptr ? std::make_shared<const RetainedContent>(std::move(content))
                             : kept->With(std::move(content));
    }
    {
      const std::lock_guard lock(mutex_);
      content_.swap(kept);
    }
    if (kept != nullptr) process::ReleaseLast(std::move(kept));
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const RetainedContent> content_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_ADAPTERS_CURRENT_CONTENT_H_
