#ifndef EDIRAE_COMMON_CATALOG_FEED_DIGEST_H_
#define EDIRAE_COMMON_CATALOG_FEED_DIGEST_H_

#include <string>

#include "absl/strings/string_view.h"
#include "edirae/catalog/v1/revision_service.pb.h"

namespace edirae {

// The one serialization of content that digests are made of: the same bytes for the same content.
std::string DeterministicBytes(const catalog::v1::RevisionContent& content);

// Digest of serialized content as `RevisionEnd.digest` defines it: XXH64, 16 lower-case hexadecimal digits.
std::string DigestOfBytes(absl::string_view bytes);

// The same of content itself.
std::string DigestOf(const catalog::v1::RevisionContent& content);

}  // namespace edirae

#endif  // EDIRAE_COMMON_CATALOG_FEED_DIGEST_H_
