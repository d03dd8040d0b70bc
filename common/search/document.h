#ifndef EDIRAE_COMMON_SEARCH_DOCUMENT_H_
#define EDIRAE_COMMON_SEARCH_DOCUMENT_H_

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace edirae::search {

// Something that can be found. A word in the title weighs more than one in the summary, and that more than one in the
// text.
struct Document {
  int kind = 0;       // what the owner of the index makes of it
  std::string group;  // a larger thing that it is part of; searches can be narrowed to it
  std::string id;
  std::string parent;  // the nearest thing that it is part of; handed back, not searched
  std::string label;   // its name when it has no title of its own; handed back, not searched
  std::string title;
  std::string summary;
  std::string text;
};

// Visits all documents that there are, in whatever order. Called as often as needed, on another thread, as long as it
// lives.
using Visit = std::function<void(Document)>;
using Documents = std::function<void(const Visit& visit)>;

// What is looked for.
struct Query {
  std::string words;
  std::vector<int> kinds;  // empty for all
  std::string group;       // empty for all
  size_t first = 0;        // hits to pass over
  size_t count = 10;       // hits to return
};

// A piece of a passage.
struct Piece {
  std::string text;
  bool matches = false;
};

// Something that was found; `document` lives as long as the index.
struct Hit {
  const Document* document = nullptr;
  double score = 0;
  std::vector<Piece> snippet;
};

// A word that occurs nowhere, and what was searched for instead, best first.
struct Correction {
  std::string word;
  std::vector<std::string> replacements;
};

// The answer to a query.
struct Found {
  std::vector<Hit> hits;  // best first
  bool more = false;      // whether there are hits behind these
  std::vector<Correction> corrections;
};

}  // namespace edirae::search

#endif  // EDIRAE_COMMON_SEARCH_DOCUMENT_H_
