#include "common/rpc/byte_buffer.h"

#include <vector>

namespace edirae::rpc {

grpc::ByteBuffer ToByteBuffer(const Bytes& bytes) {
  auto* owner = new Bytes(bytes);
  const grpc::Slice slice(
      const_cast<char*>((*owner)->data()), (*owner)->size(), [](void* held) { delete static_cast<Bytes*>(held); },
      owner);
  return grpc::ByteBuffer(&slice, 1);
}

FlatBytes::FlatBytes(const grpc::ByteBuffer& buffer) {
  if (!buffer.Valid()) return;
  if (buffer.TrySingleSlice(&single_).ok()) {
    view_ = {reinterpret_cast<const char*>(single_.begin()), single_.size()};
    return;
  }
  std::vector<grpc::Slice> slices;
  if (!buffer.Dump(&slices).ok()) return;
  for (const grpc::Slice& slice : slices) copy_.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  view_ = copy_;
}

}  // namespace edirae::rpc
