#ifndef EDIRAE_COMMON_CATALOG_FEED_CONTENT_LISTS_H_
#define EDIRAE_COMMON_CATALOG_FEED_CONTENT_LISTS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"

namespace edirae::catalog_feed {

// The lists of `RevisionContent`, by field number. Elsewhere a list is named by its place here.
const std::vector<const google::protobuf::FieldDescriptor*>& ContentLists();

// Place of the list with this field number; nothing when there is none.
std::optional<size_t> PlaceOfList(int field_number);

// XXH64 of every element of every list, each serialized deterministically.
using ElementDigests = std::vector<std::vector<uint64_t>>;

uint64_t DigestOfElement(absl::string_view serialized);

// As `RevisionEnd.elements_digest` defines it.
std::string DigestOfElements(const ElementDigests& digests);

}  // namespace edirae::catalog_feed

#endif  // EDIRAE_COMMON_CATALOG_FEED_CONTENT_LISTS_H_
