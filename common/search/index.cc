#include "common/search/index.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "common/search/fingerprint.h"
#include "common/search/fts.h"
#include "common/search/limits.h"
#include "common/search/snippet.h"
#include "common/search/words.h"
#include "common/status/error.h"
#include "common/status/macros.h"

namespace edirae::search {
namespace {

// Runs `use` with a reader of the segment.
template <class Use>
absl::Status WithReader(const Segment& segment, const Use& use) {
  EDIRAE_ASSIGN_OR_RETURN(std::unique_ptr<Segment::Reader> reader, segment.TakeReader());
  absl::Status status = use(*reader);
  segment.GiveBack(std::move(reader));
  return status;
}

// Words of some documents: in how many each is, and how many there are in all.
struct CountedWords {
  absl::flat_hash_map<std::string, uint32_t> documents;
  double words = 0;

  void Add(const Document& document, const Tokenizer& tokenizer) {
    absl::flat_hash_set<std::string> seen;
    for (const std::string* text : {&document.title, &document.summary, &document.text}) {
      tokenizer.Cut(*text, [&](absl::string_view word, size_t, size_t) {
        words += 1;
        if (seen.emplace(word).second) ++documents[word];
        return true;
      });
    }
  }
};

}  // namespace

Changes ChangesFrom(const Segment& base, const Documents& documents) {
  Changes changes;
  const auto& known = base.fingerprints();
  std::vector<bool> kept(base.documents().size());
  size_t kept_count = 0;
  documents([&](Document document) {
    const uint64_t fingerprint = FingerprintOf(document);
    auto found = std::lower_bound(known.begin(), known.end(), std::pair<uint64_t, size_t>(fingerprint, 0));
    while (found != known.end() && found->first == fingerprint && kept[found->second]) ++found;
    if (found == known.end() || found->first != fingerprint) {
      changes.added.push_back(std::move(document));
    } else {
      kept[found->second] = true;
      ++kept_count;
    }
  });
  changes.removed_count = kept.size() - kept_count;
  if (changes.removed_count > 0) {
    kept.flip();
    changes.removed = std::move(kept);
  }
  return changes;
}

Index::Index(std::shared_ptr<const Segment> base, std::vector<bool> removed) {
  layers_.push_back({std::move(base), std::move(removed)});
}

// NOLINTNEXTLINE(performance-unnecessary-value-param): it is moved
absl::StatusOr<std::shared_ptr<const Index>> Index::Build(std::vector<Document> documents) {
  EDIRAE_ASSIGN_OR_RETURN(auto base, Segment::Build(std::move(documents)));
  return Build(std::move(base), {});
}

// NOLINTNEXTLINE(performance-unnecessary-value-param): both are moved
absl::StatusOr<std::shared_ptr<const Index>> Index::Build(std::shared_ptr<const Segment> base, Changes changes) {
  std::shared_ptr<Index> index(new Index(std::move(base), std::move(changes.removed)));
  if (!changes.added.empty()) {
    EDIRAE_ASSIGN_OR_RETURN(auto fresh, Segment::Build(std::move(changes.added)));
    index->layers_.push_back({std::move(fresh), {}});
  }
  EDIRAE_RETURN_IF_ERROR(index->CountWords());
  return index;
}

absl::Status Index::CountWords() {
  double words = 0;
  for (const Layer& layer : layers_) {
    document_count_ += layer.segment->documents().size();
    words += layer.segment->words();
  }
  const Layer& base = layers_.front();
  if (layers_.size() > 1 || !base.removed.empty()) {
    CountedWords gone;
    EDIRAE_RETURN_IF_ERROR(WithReader(*base.segment, [&](const Segment::Reader& reader) {
      for (size_t i = 0; i < base.removed.size(); ++i) {
        if (!base.removed[i]) continue;
        --document_count_;
        gone.Add(base.segment->documents()[i], reader.tokenizer());
      }
      return absl::OkStatus();
    }));
    words -= gone.words;
    static const Vocabulary kNothing;
    merged_ = Vocabulary::Merge(base.segment->vocabulary(), gone.documents,
                                layers_.size() > 1 ? layers_.back().segment->vocabulary() : kNothing);
  }
  mean_size_ = std::max(1.0, words / static_cast<double>(std::max<size_t>(1, document_count_)));
  return absl::OkStatus();
}

size_t Index::bytes() const {
  size_t bytes = 0;
  for (const Layer& layer : layers_) bytes += layer.segment->bytes();
  return bytes;
}

absl::StatusOr<std::vector<Index::Candidate>> Index::FindAll(const std::string& expression, const Plan& plan,
                                                             const Query& query) const {
  std::vector<Candidate> candidates;
  for (const Layer& layer : layers_) {
    std::vector<Segment::Match> matches;
    absl::Status searched = WithReader(*layer.segment, [&](const Segment::Reader& reader) -> absl::Status {
      for (const Segment::Run& run : layer.segment->RunsFor(query)) {
        EDIRAE_RETURN_IF_ERROR(reader.Find(expression, plan, run, layer.removed, matches));
      }
      return absl::OkStatus();
    });
    if (!searched.ok()) return searched;
    for (const Segment::Match& match : matches) candidates.push_back({&layer, match});
  }
  return candidates;
}

absl::StatusOr<Found> Index::Search(const Query& query) const {
  if (query.words.size() > limits::kMaxQueryBytes) {
    return MakeError(absl::StatusCode::kInvalidArgument, "QUERY_TOO_LONG",
                     absl::StrCat("query has at most ", limits::kMaxQueryBytes, " bytes"));
  }
  const Segment& base = *layers_.front().segment;
  EDIRAE_ASSIGN_OR_RETURN(std::unique_ptr<Segment::Reader> reader, base.TakeReader());
  const Tokenizer& tokenizer = reader->tokenizer();
  SoughtWords sought = ReadWords(query.words, tokenizer, vocabulary());
  if (sought.words.empty()) {
    return MakeError(absl::StatusCode::kInvalidArgument, "QUERY_WITHOUT_WORDS",
                     "query must have a word to search for: a letter or a digit");
  }
  const Plan plan = sought.PlanFor(document_count_, mean_size_);
  std::vector<Candidate> candidates;
  for (const char* glue : {"AND", "OR"}) {
    const std::string expression = sought.Expression(glue);
    if (expression.empty() || !candidates.empty()) break;
    EDIRAE_ASSIGN_OR_RETURN(candidates, FindAll(expression, plan, query));
  }

  const size_t total = std::min(candidates.size(), limits::kMaxHits);
  const size_t first = std::min(query.first, total);
  const size_t last = first + std::min(query.count, total - first);
  std::partial_sort(candidates.begin(), candidates.begin() + static_cast<ptrdiff_t>(last), candidates.end(),
                    [](const Candidate& a, const Candidate& b) {
                      if (a.match.score != b.match.score) return a.match.score > b.match.score;
                      return std::pair(a.layer, a.match.place) < std::pair(b.layer, b.match.place);
                    });
  Found found{.more = last < total, .corrections = std::move(sought.corrections)};
  const WordsToMark marks = sought.ToMark();
  for (size_t i = first; i < last; ++i) {
    const Document& document = candidates[i].layer->segment->documents()[candidates[i].match.place];
    found.hits.push_back({&document, candidates[i].match.score, SnippetOf(document, marks, tokenizer)});
  }
  base.GiveBack(std::move(reader));
  return found;
}

}  // namespace edirae::search
