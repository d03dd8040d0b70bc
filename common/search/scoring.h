#ifndef EDIRAE_COMMON_SEARCH_SCORING_H_
#define EDIRAE_COMMON_SEARCH_SCORING_H_

#include <sqlite3.h>

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "common/search/vocabulary.h"

namespace edirae::search {

// What a query is ranked by, known before any document is looked at.
struct Plan {
  struct Phrase {
    size_t word;    // which word of the query it stands for
    double factor;  // see Term
  };

  std::vector<Phrase> phrases;  // in the order of the MATCH expression
  std::vector<double> rarity;   // of each word of the query
  double mean_size = 1;         // words of a document
};

// How much a word tells about a document that has it: BM25's inverse document frequency.
double RarityOf(uint32_t documents_with_it, size_t documents);

// Registers the SQL function `relevance(documents, ?)`, where ? is bound by `BindPlan`. It is Okapi BM25 (Robertson and
// Zaragoza 2009, k1 = 1.2, b = 0.75) with the columns weighed 10, 4 and 1 and with several spellings of a word counted
// together. FTS5's own bm25() counts anew, in every query, the documents that have each word; here the vocabulary
// knows.
absl::Status AddRelevance(sqlite3* db);
void BindPlan(sqlite3_stmt* statement, int place, const Plan& plan);

}  // namespace edirae::search

#endif  // EDIRAE_COMMON_SEARCH_SCORING_H_
