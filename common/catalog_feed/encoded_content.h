#ifndef EDIRAE_COMMON_CATALOG_FEED_ENCODED_CONTENT_H_
#define EDIRAE_COMMON_CATALOG_FEED_ENCODED_CONTENT_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/catalog_feed/content_lists.h"
#include "edirae/catalog/v1/revision_service.pb.h"

namespace edirae::catalog_feed {

// Content serialized once: for the store, for its digests, and to be sent, whole or in pieces. Immutable.
class EncodedContent {
 public:
  explicit EncodedContent(const catalog::v1::RevisionContent& content);

  absl::string_view bytes() const { return bytes_; }
  // As `RevisionEnd.digest`.
  const std::string& digest() const { return digest_; }
  const ElementDigests& elements() const { return elements_; }

  // An element of a list as it stands in `bytes`, with its tag.
  absl::string_view Element(size_t list, size_t place) const;
  // Where each element ends in `bytes`, over all lists: `bytes` may be cut in two there.
  const std::vector<size_t>& ends() const { return ends_; }

 private:
  std::string bytes_;
  std::string digest_;
  ElementDigests elements_;
  std::vector<size_t> first_;  // of each list in `ends_`
  std::vector<size_t> ends_;
};

}  // namespace edirae::catalog_feed

#endif  // EDIRAE_COMMON_CATALOG_FEED_ENCODED_CONTENT_H_
