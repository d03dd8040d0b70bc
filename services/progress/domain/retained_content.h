#ifndef EDIRAE_SERVICES_PROGRESS_DOMAIN_RETAINED_CONTENT_H_
#define EDIRAE_SERVICES_PROGRESS_DOMAIN_RETAINED_CONTENT_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "services/progress/domain/content_index.h"

namespace edirae::progress {

// The newest catalog revision and those that were the newest before it, at most limits::kRetainedRevisions: an answer
// is graded by the one that the learner saw. Immutable, thread-safe; never empty.
class RetainedContent {
 public:
  explicit RetainedContent(std::shared_ptr<const ContentIndex> newest) : newest_first_{std::move(newest)} {}

  // With `newest` in front of them, in place of any with its number; the oldest goes when there are too many.
  std::shared_ptr<const RetainedContent> With(std::shared_ptr<const ContentIndex> newest) const;

  const ContentIndex& newest() const { return *newest_first_.front(); }
  // Null when it is not kept.
  const ContentIndex* Find(int64_t revision) const;

  // Calls `visit` with each of them, the newest first.
  template <class Visit>
  void ForEach(Visit visit) const {
    for (const auto& content : newest_first_) visit(*content);
  }

  size_t size() const { return newest_first_.size(); }

 private:
  std::vector<std::shared_ptr<const ContentIndex>> newest_first_;
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_DOMAIN_RETAINED_CONTENT_H_
