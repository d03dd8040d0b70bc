#ifndef EDIRAE_COMMON_RPC_BYTE_BUFFER_H_
#define EDIRAE_COMMON_RPC_BYTE_BUFFER_H_

#include <string>

#include "absl/strings/string_view.h"
#include "common/rpc/call.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/slice.h"

// Between serialized messages and what gRPC's raw methods take.
namespace edirae::rpc {

// Hands the bytes to gRPC without a copy; the buffer keeps them alive.
grpc::ByteBuffer ToByteBuffer(const Bytes& bytes);

// The content of a buffer in one piece: as it lies there when it is in one, as small messages are, else a copy. Empty
// for an invalid buffer.
class FlatBytes {
 public:
  explicit FlatBytes(const grpc::ByteBuffer& buffer);
  FlatBytes(const FlatBytes&) = delete;
  FlatBytes& operator=(const FlatBytes&) = delete;

  // Valid as long as this object.
  absl::string_view view() const { return view_; }

 private:
  grpc::Slice single_;
  std::string copy_;
  absl::string_view view_;
};

}  // namespace edirae::rpc

#endif  // EDIRAE_COMMON_RPC_BYTE_BUFFER_H_
