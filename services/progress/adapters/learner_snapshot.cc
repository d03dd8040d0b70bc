#include "services/progress/adapters/learner_snapshot.h"

#include "edirae/progress/v1/progress_service.pb.h"
#include "services/progress/domain/view.h"
#include "services/progress/limits.h"

namespace edirae::progress {

std::shared_ptr<const std::string> LearnerSnapshot::Progress(const std::string& learner_id,
                                                             const IndexedRoadmap& roadmap,
                                                             const ContentIndex& content) const {
  const std::string& roadmap_id = roadmap.content->roadmap_id();
  const std::lock_guard lock(mutex_);
  for (const Rendered& rendered : rendered_) {
    if (rendered.revision == content.revision() && rendered.roadmap_id == roadmap_id) return rendered.bytes;
  }
  v1::GetRoadmapProgressResponse response;
  *response.mutable_progress() = ToProto(roadmap, state_, learner_id, content.revision());
  auto bytes = std::make_shared<const std::string>(response.SerializeAsString());
  std::erase_if(rendered_, [&](const Rendered& rendered) { return rendered.revision != content.revision(); });
  if (rendered_.size() == limits::kRenderedRoadmaps) rendered_.erase(rendered_.begin());
  rendered_.push_back({roadmap_id, content.revision(), bytes});
  return bytes;
}

}  // namespace edirae::progress
