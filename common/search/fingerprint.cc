#include "common/search/fingerprint.h"

#include <xxhash.h>

namespace edirae::search {

uint64_t FingerprintOf(const Document& document) {
  // Each text goes on from the hash of those before, so that nothing can move from one to the next unseen.
  auto hash = static_cast<uint64_t>(document.kind);
  for (const std::string* text : {&document.group, &document.id, &document.parent, &document.label, &document.title,
                                  &document.summary, &document.text}) {
    hash = XXH64(text->data(), text->size(), hash);
  }
  return hash;
}

}  // namespace edirae::search
