#ifndef EDIRAE_SERVICES_PROGRESS_ADAPTERS_CURRENT_CONTENT_H_
#define EDIRAE_SERVICES_PROGRESS_ADAPTERS_CURRENT_CONTENT_H_

#include <memory>
#include <mutex>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "common/process/release_last.h"
#include "services/progress/domain/content_index.h"

namespace edirae::progress {

// The newest catalog revision. Thread-safe; whoever took one keeps it as long as they need it.
class CurrentContent {
 public:
  // Null before the first revision.
  std::shared_ptr<const ContentIndex> Get() const {
    const std::lock_guard lock(mutex_);
    return content_;
  }

  // Frees the one before on the caller's thread.
  void Set(std::shared_ptr<const ContentIndex> content) {
    {
      const std::lock_guard lock(mutex_);
      content_.swap(content);
    }
    process::ReleaseLast(std::move(content));
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const ContentIndex> content_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_ADAPTERS_CURRENT_CONTENT_H_
