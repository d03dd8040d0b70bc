#ifndef EDIRAE_COMMON_SEARCH_FINGERPRINT_H_
#define EDIRAE_COMMON_SEARCH_FINGERPRINT_H_

#include <cstdint>

#include "common/search/document.h"

namespace edirae::search {

// Tells whether two documents are equal: XXH64 of everything that they have.
uint64_t FingerprintOf(const Document& document);

}  // namespace edirae::search

#endif  // EDIRAE_COMMON_SEARCH_FINGERPRINT_H_
