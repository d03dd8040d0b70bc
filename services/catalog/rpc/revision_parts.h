#ifndef EDIRAE_SERVICES_CATALOG_RPC_REVISION_PARTS_H_
#define EDIRAE_SERVICES_CATALOG_RPC_REVISION_PARTS_H_

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/node_hash_map.h"
#include "absl/time/time.h"
#include "common/catalog_feed/encoded_content.h"
#include "edirae/catalog/v1/revision_service.pb.h"
#include "google/protobuf/message_lite.h"
#include "grpcpp/support/byte_buffer.h"

namespace edirae::catalog {

// One serialized message as a buffer.
grpc::ByteBuffer ToBuffer(const google::protobuf::MessageLite& message);

// Serialized `WatchRevisionsResponse`s of at most `limits::kMaxPartBytes`. Copies of a buffer share its bytes.
using Parts = std::vector<grpc::ByteBuffer>;

// A revision as `WatchRevisions` sends it: whole, or as a change of one of the `limits::kMaxKnownRevisions` before it,
// of which it knows what they consisted of. Nothing is copied but what changed. Thread-safe.
class RevisionParts {
 public:
  // `before` belongs to the revision before; null when it is not known.
  RevisionParts(int64_t number, catalog_feed::EncodedContent content, const RevisionParts* before);

  const catalog_feed::EncodedContent& content() const { return *content_; }

  // For a watcher that holds what `request` says. What watchers need in common is made once.
  Parts For(const v1::WatchRevisionsRequest& request, absl::Time publish_time) const;

 private:
  // What a revision consisted of.
  struct Known {
    int64_t number = 0;
    std::string digest;
    std::shared_ptr<const catalog_feed::ElementDigests> elements;
  };

  // Null when the watcher needs the whole.
  const Known* BaseOf(const v1::WatchRevisionsRequest& request) const;
  // Everything behind `begin`. An empty list when a change would be no smaller than half of the whole.
  Parts MakeWhole() const;
  Parts MakeChange(const Known& base) const;
  const Parts& Made(const Known* base) const;
  v1::RevisionEnd End() const;

  const int64_t number_;
  const std::shared_ptr<const catalog_feed::EncodedContent> content_;
  std::vector<Known> known_;  // oldest first
  mutable std::mutex mutex_;
  mutable absl::node_hash_map<int64_t, Parts> made_ ABSL_GUARDED_BY(mutex_);  // by number of the base, 0 for none
};

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_RPC_REVISION_PARTS_H_
