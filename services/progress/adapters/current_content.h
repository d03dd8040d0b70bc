#ifndef EDIRAE_SERVICES_PROGRESS_ADAPTERS_CURRENT_CONTENT_H_
#define EDIRAE_SERVICES_PROGRESS_ADAPTERS_CURRENT_CONTENT_H_

#include <memory>
#include <mutex>
#include <utility>

#include "absl/base/thread_annotations.h"
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

  void Set(std::shared_ptr<const ContentIndex> content) {
    const std::lock_guard lock(mutex_);
    content_.swap(content);
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const ContentIndex> content_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_ADAPTERS_CURRENT_CONTENT_H_
