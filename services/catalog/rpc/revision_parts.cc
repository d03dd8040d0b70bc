#include "services/catalog/rpc/revision_parts.h"

#include <string>

#include "absl/time/time.h"
#include "grpcpp/support/slice.h"
#include "services/catalog/limits.h"

namespace edirae::catalog {
namespace {

constexpr size_t kBytesAroundItem = 16;  // tag and length, of the item and of the messages around it

// Fills parts one item after the other.
class Splitter {
 public:
  explicit Splitter(std::vector<grpc::ByteBuffer>& parts) : parts_(parts) {}

  template <class Item>
  void Add(const Item& item, google::protobuf::RepeatedPtrField<Item>* (v1::RevisionContent::*list)()) {
    const size_t bytes = item.ByteSizeLong() + kBytesAroundItem;
    if (bytes_ + bytes > limits::kMaxPartBytes) Flush();
    *(part_.mutable_content()->*list)()->Add() = item;
    bytes_ += bytes;
  }

  void Flush() {
    if (part_.has_content()) parts_.push_back(ToBuffer(part_));
    part_.Clear();
    bytes_ = 0;
  }

 private:
  std::vector<grpc::ByteBuffer>& parts_;
  v1::WatchRevisionsResponse part_;
  size_t bytes_ = 0;
};

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
  Splitter splitter(parts);
  using Content = v1::RevisionContent;
  for (const auto& roadmap : revision.content().roadmaps()) splitter.Add(roadmap, &Content::mutable_roadmaps);
  for (const auto& question : revision.content().questions()) splitter.Add(question, &Content::mutable_questions);
  for (const auto& card : revision.content().flashcards()) splitter.Add(card, &Content::mutable_flashcards);
  for (const auto& lesson : revision.content().lessons()) splitter.Add(lesson, &Content::mutable_lessons);
  for (const auto& resource : revision.content().resources()) splitter.Add(resource, &Content::mutable_resources);
  for (const auto& migration : revision.content().migrations()) splitter.Add(migration, &Content::mutable_migrations);
  splitter.Flush();
  parts.push_back(EndOf(revision, digest));
  return parts;
}

}  // namespace edirae::catalog
