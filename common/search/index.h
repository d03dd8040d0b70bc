#ifndef EDIRAE_COMMON_SEARCH_INDEX_H_
#define EDIRAE_COMMON_SEARCH_INDEX_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/search/document.h"
#include "common/search/segment.h"
#include "common/search/vocabulary.h"

namespace edirae::search {

// What has to be done to the documents of a segment to have those of a later version.
struct Changes {
  std::vector<bool> removed;  // by place in the segment; empty when none is
  size_t removed_count = 0;
  std::vector<Document> added;

  size_t count() const { return removed_count + added.size(); }
};

// Compares documents by their fingerprints: one that has changed is removed and added. Time and memory of the
// comparison are in proportion to all documents, and small beside those of indexing them.
Changes ChangesFrom(const Segment& base, const Documents& documents);

// Finds documents by their words, in one segment that may be large and old, without what was removed from it since, and
// in a small one of what was added since: a large index needs seconds to be built, a small change must not. Immutable
// and thread-safe.
class Index {
 public:
  // Over all documents at once; as slow as Segment::Build, and with its errors.
  static absl::StatusOr<std::shared_ptr<const Index>> Build(std::vector<Document> documents);
  // Over the documents of `base` with changes to them, in time in proportion to the changes and the words of `base`.
  static absl::StatusOr<std::shared_ptr<const Index>> Build(std::shared_ptr<const Segment> base, Changes changes);

  // Blocks for some milliseconds. INVALID_ARGUMENT with reason QUERY_TOO_LONG, or QUERY_WITHOUT_WORDS when it has no
  // letter and no digit.
  absl::StatusOr<Found> Search(const Query& query) const;

  size_t documents() const { return document_count_; }
  size_t words() const { return vocabulary().size(); }
  // Bytes of the index itself, without the documents.
  size_t bytes() const;

 private:
  // A segment, and which of its documents are no longer there.
  struct Layer {
    std::shared_ptr<const Segment> segment;
    std::vector<bool> removed;
  };
  struct Candidate {
    const Layer* layer;
    Segment::Match match;
  };

  Index(std::shared_ptr<const Segment> base, std::vector<bool> removed);
  // Takes the words of the base's removed documents out of the vocabulary, and puts those of the new segment in.
  absl::Status CountWords();
  const Vocabulary& vocabulary() const { return merged_ ? *merged_ : layers_.front().segment->vocabulary(); }
  absl::StatusOr<std::vector<Candidate>> FindAll(const std::string& expression, const Plan& plan,
                                                 const Query& query) const;

  std::vector<Layer> layers_;  // the base, then the new documents if there are any
  std::optional<Vocabulary> merged_;
  size_t document_count_ = 0;
  double mean_size_ = 1;
};

}  // namespace edirae::search

#endif  // EDIRAE_COMMON_SEARCH_INDEX_H_
