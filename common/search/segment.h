#ifndef EDIRAE_COMMON_SEARCH_SEGMENT_H_
#define EDIRAE_COMMON_SEARCH_SEGMENT_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "common/search/document.h"
#include "common/search/fts.h"
#include "common/search/scoring.h"
#include "common/search/vocabulary.h"

namespace edirae::search {

// Some documents with an FTS5 index over them, in memory, read by as many connections as there are threads that search
// at once, all over the same bytes. Immutable and thread-safe.
class Segment {
 public:
  // A document that matches, by its place in `documents()`.
  struct Match {
    size_t place;
    double score;
  };

  // Documents of one kind and group, one behind the other.
  struct Run {
    size_t begin;
    size_t end;
  };

  class Reader;

  // Blocks for seconds when there are tens of megabytes of text; bench/search measures it. INTERNAL when SQLite fails,
  // CANCELLED soon after `cancelled` says so.
  static absl::StatusOr<std::shared_ptr<const Segment>> Build(
      std::vector<Document> documents, const std::function<bool()>& cancelled = [] { return false; });
  ~Segment();

  // In order of kind, then group; a document's place is its row id.
  const std::vector<Document>& documents() const { return documents_; }
  const Vocabulary& vocabulary() const { return vocabulary_; }
  double words() const { return words_; }  // of all documents together
  size_t bytes() const { return size_; }   // of the index itself, without the documents

  // Places of documents by their fingerprints, ascending.
  const std::vector<std::pair<uint64_t, size_t>>& fingerprints() const { return fingerprints_; }

  // Where the documents lie that `query` looks at: one run of each kind.
  std::vector<Run> RunsFor(const Query& query) const;

  // A reader for one search, which goes back afterwards. The segment must outlive it.
  absl::StatusOr<std::unique_ptr<Reader>> TakeReader() const;
  void GiveBack(std::unique_ptr<Reader> reader) const;

 private:
  struct FreeBytes {
    void operator()(unsigned char* bytes) const;
  };

  explicit Segment(std::vector<Document> documents);
  absl::Status Fill(const std::function<bool()>& cancelled);

  std::vector<Document> documents_;
  std::vector<std::pair<uint64_t, size_t>> fingerprints_;
  Vocabulary vocabulary_;
  double words_ = 0;
  std::unique_ptr<unsigned char, FreeBytes> bytes_;  // the database
  size_t size_ = 0;

  mutable std::mutex mutex_;
  mutable std::vector<std::unique_ptr<Reader>> idle_ ABSL_GUARDED_BY(mutex_);
};

// A connection over the bytes of a segment. For one thread at a time.
class Segment::Reader {
 public:
  static absl::StatusOr<std::unique_ptr<Reader>> Open(unsigned char* bytes, size_t size);

  // Adds documents of a run that fit, at most `limits::kMaxCandidates`, without those at places where `removed` says
  // so.
  absl::Status Find(const std::string& expression, const Plan& plan, const Run& run, const std::vector<bool>& removed,
                    std::vector<Match>& matches) const;

  const Tokenizer& tokenizer() const { return *tokenizer_; }

 private:
  Database db_;
  std::unique_ptr<Tokenizer> tokenizer_;
  Statement find_;
};

}  // namespace edirae::search

#endif  // EDIRAE_COMMON_SEARCH_SEGMENT_H_
