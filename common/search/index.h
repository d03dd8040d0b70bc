#ifndef EDIRAE_COMMON_SEARCH_INDEX_H_
#define EDIRAE_COMMON_SEARCH_INDEX_H_

#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "common/search/document.h"
#include "common/search/vocabulary.h"

namespace edirae::search {

// Finds documents by their words: an FTS5 index in memory, read by as many connections as there are threads that search
// at once, all over the same bytes. Immutable and thread-safe.
class Index {
 public:
  // Blocks for seconds when there are tens of megabytes of text; bench/search measures it. INTERNAL when SQLite fails.
  static absl::StatusOr<std::shared_ptr<const Index>> Build(std::vector<Document> documents);
  ~Index();

  // Blocks for some milliseconds. INVALID_ARGUMENT with reason QUERY_TOO_LONG, or QUERY_WITHOUT_WORDS when it has no
  // letter and no digit.
  absl::StatusOr<Found> Search(const Query& query) const;

  size_t documents() const { return documents_.size(); }
  size_t words() const { return vocabulary_.size(); }
  // Bytes of the index itself, without the documents.
  size_t bytes() const { return size_; }

 private:
  class Reader;
  struct FreeBytes {
    void operator()(unsigned char* bytes) const;
  };

  // Documents of one kind and group, one behind the other.
  struct Run {
    int kind;
    size_t begin;
    size_t end;
  };

  explicit Index(std::vector<Document> documents);
  absl::Status Fill();
  // Where the documents lie that `query` looks at: one run of each kind.
  std::vector<Run> RunsFor(const Query& query) const;
  absl::StatusOr<std::unique_ptr<Reader>> TakeReader() const;

  std::vector<Document> documents_;  // in order of kind, then group; a document's place is its row id
  Vocabulary vocabulary_;
  double mean_size_ = 1;
  std::unique_ptr<unsigned char, FreeBytes> bytes_;  // the database
  size_t size_ = 0;

  mutable std::mutex mutex_;
  mutable std::vector<std::unique_ptr<Reader>> idle_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace edirae::search

#endif  // EDIRAE_COMMON_SEARCH_INDEX_H_
