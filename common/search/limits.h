#ifndef EDIRAE_COMMON_SEARCH_LIMITS_H_
#define EDIRAE_COMMON_SEARCH_LIMITS_H_

#include <cstddef>
#include <cstdint>

// Every bound of a search.
namespace edirae::search::limits {

// Of a query.
inline constexpr size_t kMaxQueryBytes = 200;
inline constexpr size_t kMaxWords = 8;       // different ones that count
inline constexpr size_t kMaxPrefixed = 16;   // words of the index that an unfinished one stands for
inline constexpr size_t kMaxCorrected = 8;   // words of the index that a misspelt one stands for
inline constexpr size_t kOneSlipBytes = 4;   // a word of so many bytes may differ in one letter
inline constexpr size_t kTwoSlipsBytes = 8;  // and of so many in two
inline constexpr size_t kMaxWordBytes = 40;  // longer ones are not corrected

// Of the work that a query makes.
inline constexpr uint32_t kCommonDocuments = 3000;    // a word in more is passed over beside rarer ones
inline constexpr size_t kMaxCandidates = 400;         // ranked, of each kind of document
inline constexpr size_t kMaxHits = 200;               // over all pages
inline constexpr size_t kMaxSnippetBytes = 240;       // without the last character
inline constexpr size_t kSnippetLeadBytes = 60;       // before the first word that matches
inline constexpr size_t kMaxSnippetMatches = 32;      // looked at to find the best passage
inline constexpr size_t kMaxSnippetScan = 64 * 1024;  // bytes of a text in which it is looked for

// Of following versions.
inline constexpr size_t kChangedShare = 8;  // changes of more than this part of the documents are not indexed apart
inline constexpr size_t kOldShare = 32;     // of more than this part, but at once, and all is indexed anew behind them

// Of building an index: words gathered before they are merged into it. A smaller buffer makes for more merging.
inline constexpr size_t kIndexBufferBytes = 32 * 1024 * 1024;

// Of waiting queries.
inline constexpr size_t kMaxWaiting = 256;

}  // namespace edirae::search::limits

#endif  // EDIRAE_COMMON_SEARCH_LIMITS_H_
