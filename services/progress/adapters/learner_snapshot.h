#ifndef EDIRAE_SERVICES_PROGRESS_ADAPTERS_LEARNER_SNAPSHOT_H_
#define EDIRAE_SERVICES_PROGRESS_ADAPTERS_LEARNER_SNAPSHOT_H_

#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "services/progress/domain/content_index.h"
#include "services/progress/domain/learner_state.h"

namespace edirae::progress {

// A learner's state at one moment, together with the answers that were made from it: asking again costs no
// serialization. Thread-safe.
class LearnerSnapshot {
 public:
  explicit LearnerSnapshot(LearnerState state) : state_(std::move(state)) {}

  const LearnerState& state() const { return state_; }

  // A serialized `GetRoadmapProgressResponse`. `roadmap` belongs to `content`.
  std::shared_ptr<const std::string> Progress(const std::string& learner_id, const IndexedRoadmap& roadmap,
                                              const ContentIndex& content) const;

 private:
  struct Rendered {
    std::string roadmap_id;
    int64_t revision;
    std::shared_ptr<const std::string> bytes;
  };

  const LearnerState state_;
  mutable std::mutex mutex_;
  mutable std::vector<Rendered> rendered_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_ADAPTERS_LEARNER_SNAPSHOT_H_
