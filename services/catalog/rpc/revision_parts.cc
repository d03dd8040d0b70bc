#include "services/catalog/rpc/revision_parts.h"

#include <string>

#include "absl/time/time.h"
#include "common/catalog_feed/split_content.h"
#include "grpcpp/support/slice.h"
#include "services/catalog/limits.h"

namespace edirae::catalog {
namespace {

grpc::ByteBuffer BeginOf(const Revision& revision) {
  v1::WatchRevisionsResponse part;
  part.mutable_begin()->set_revision(revision.number());
  const int64_t nanos = absl::ToUnixNanos(revision.publish_time());
  part.mutable_begin()->mutable_publish_time()->set_seconds(nanos / 1'000'000'000);
  part.mutable_begin()->mutable_publish_time()->set_nanos(static_cast<int>(nanos % 1'000'000'000));
  return ToBuffer(part);
}

grpc::ByteBuffer EndOf(const Revision& revision, const std::string& digest) {
  v1::WatchRevisionsResponse part;
  part.mutable_end()->set_revision(revision.number());
  part.mutable_end()->set_digest(digest);
  return ToBuffer(part);
}

}  // namespace

grpc::ByteBuffer ToBuffer(const google::protobuf::MessageLite& message) {
  const grpc::Slice slice(message.SerializeAsString());
  return grpc::ByteBuffer(&slice, 1);
}

std::vector<grpc::ByteBuffer> PartsOf(const Revision& revision, const std::string& digest) {
  std::vector<grpc::ByteBuffer> parts = {BeginOf(revision)};
  v1::WatchRevisionsResponse part;
  catalog_feed::SplitContent(revision.content(), limits::kMaxPartBytes, [&](v1::RevisionContent& piece) {
    part.mutable_content()->Swap(&piece);
    parts.push_back(ToBuffer(part));
  });
  parts.push_back(EndOf(revision, digest));
  return parts;
}

}  // namespace edirae::catalog
