#include "common/catalog_reads/search_method.h"

#include <xxhash.h>

#include <string>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/catalog_reads/errors.h"
#include "common/catalog_reads/limits.h"
#include "common/rpc/page.h"
#include "common/search/limits.h"
#include "common/status/macros.h"

namespace edirae::catalog_reads {
namespace {

using catalog::v1::SearchRequest;
using catalog::v1::SearchResponse;

constexpr size_t kFingerprintDigits = 16;

// What a page token is good for: the same words and filters.
uint64_t FingerprintOf(const SearchRequest& request) {
  std::string text = absl::StrCat(request.query(), absl::string_view("\0", 1), request.roadmap_id());
  for (const int kind : request.kinds()) absl::StrAppend(&text, "/", kind);
  return XXH64(text.data(), text.size(), 0);
}

std::string TokenFor(uint64_t fingerprint, size_t first) { return absl::StrFormat("%016x%x", fingerprint, first); }

absl::StatusOr<size_t> FirstOf(const std::string& token, uint64_t fingerprint) {
  if (token.empty()) return 0;
  uint64_t first = 0;
  if (token.size() <= kFingerprintDigits ||
      !absl::SimpleHexAtoi(absl::string_view(token).substr(kFingerprintDigits), &first) ||
      first > search::limits::kMaxHits || token != TokenFor(fingerprint, first)) {
    return rpc::BadPageToken();
  }
  return static_cast<size_t>(first);
}

absl::StatusOr<search::Query> QueryOf(const SearchRequest& request, const CatalogAnswers& newest) {
  search::Query query{.words = request.query(), .group = request.roadmap_id()};
  EDIRAE_ASSIGN_OR_RETURN(
      query.count, rpc::PageSize(request.page_size(), limits::kDefaultSearchPageSize, limits::kMaxSearchPageSize));
  for (const int kind : request.kinds()) {
    if (kind == catalog::v1::SEARCH_KIND_UNSPECIFIED || !catalog::v1::SearchKind_IsValid(kind)) {
      return SearchKindUnknown(kind);
    }
    query.kinds.push_back(kind);
  }
  if (!query.group.empty()) EDIRAE_RETURN_IF_ERROR(newest.CheckRoadmap(query.group));
  EDIRAE_ASSIGN_OR_RETURN(query.first, FirstOf(request.page_token(), FingerprintOf(request)));
  return query;
}

void FillHit(const search::Hit& found, catalog::v1::SearchHit& hit) {
  const search::Document& document = *found.document;
  hit.set_kind(static_cast<catalog::v1::SearchKind>(document.kind));
  hit.set_id(document.id);
  hit.set_title(document.title.empty() ? document.label : document.title);
  hit.set_roadmap_id(document.group);
  hit.set_concept_id(document.parent);
  hit.set_score(found.score);
  for (const search::Piece& piece : found.snippet) {
    catalog::v1::SnippetPiece& added = *hit.add_snippet();
    added.set_text(piece.text);
    added.set_matches(piece.matches);
  }
}

rpc::Bytes ResponseOf(const search::VersionedFound& answer, uint64_t fingerprint, size_t first) {
  SearchResponse response;
  for (const search::Hit& hit : answer.found.hits) FillHit(hit, *response.add_hits());
  if (answer.found.more) response.set_next_page_token(TokenFor(fingerprint, first + answer.found.hits.size()));
  response.set_catalog_revision(answer.version);
  for (const search::Correction& correction : answer.found.corrections) {
    catalog::v1::WordCorrection& added = *response.add_corrections();
    added.set_word(correction.word);
    for (const std::string& word : correction.replacements) added.add_replacements(word);
  }
  return std::make_shared<const std::string>(response.SerializeAsString());
}

}  // namespace

rpc::Handler SearchMethod(Newest newest, search::Searcher& searcher) {
  return [newest = std::move(newest), &searcher](const rpc::CallContext& context, absl::string_view bytes,
                                                 rpc::Done done) {
    SearchRequest request;
    if (bytes.size() > limits::kMaxRequestBytes) return std::move(done)(RequestTooLarge(limits::kMaxRequestBytes));
    if (!request.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
      return std::move(done)(rpc::MalformedRequest());
    }
    const auto answers = newest();
    if (!answers.ok()) return std::move(done)(answers.status());
    absl::StatusOr<search::Query> query = QueryOf(request, **answers);
    if (!query.ok()) return std::move(done)(query.status());
    const size_t first = query->first;
    searcher.Search(*std::move(query), context.deadline,
                    [fingerprint = FingerprintOf(request), first,
                     done = std::move(done)](const absl::StatusOr<search::VersionedFound>& found) mutable {
                      if (!found.ok()) return std::move(done)(found.status());
                      std::move(done)(ResponseOf(*found, fingerprint, first));
                    });
  };
}

}  // namespace edirae::catalog_reads
