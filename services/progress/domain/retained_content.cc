#include "services/progress/domain/retained_content.h"

#include <utility>

#include "services/progress/limits.h"

namespace edirae::progress {

std::shared_ptr<const RetainedContent> RetainedContent::With(std::shared_ptr<const ContentIndex> newest) const {
  const int64_t revision = newest->revision();
  auto with = std::make_shared<RetainedContent>(std::move(newest));
  for (const auto& older : newest_first_) {
    if (with->size() == limits::kRetainedRevisions) break;
    if (older->revision() != revision) with->newest_first_.push_back(older);
  }
  return with;
}

const ContentIndex* RetainedContent::Find(int64_t revision) const {
  for (const auto& content : newest_first_) {
    if (content->revision() == revision) return content.get();
  }
  return nullptr;
}

}  // namespace edirae::progress
