#include "bench/load/connection.h"

#include <chrono>
#include <future>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/rpc/callback_threads.h"
#include "common/rpc/limits.h"
#include "common/rpc/unary.h"
#include "grpcpp/client_context.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/security/credentials.h"

namespace edirae::bench {
namespace {

constexpr std::chrono::seconds kPatience(10);

std::chrono::system_clock::time_point Deadline() { return std::chrono::system_clock::now() + kPatience; }

}  // namespace

std::shared_ptr<grpc::Channel> NewConnection(const std::string& address) {
  rpc::KeepCallbackThreads();
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 50);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 200);
  arguments.SetMaxReceiveMessageSize(rpc::limits::kMaxReceiveBytes);
  return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments);
}

absl::Status WaitForConnection(grpc::Channel& channel) {
  if (channel.WaitForConnected(Deadline())) return absl::OkStatus();
  return absl::UnavailableError("the server does not accept connections");
}

absl::StatusOr<std::string> CallOnce(const std::shared_ptr<grpc::Channel>& channel, const std::string& method,
                                     const std::string& request, const std::string& authorization) {
  grpc::ClientContext context;
  context.set_deadline(Deadline());
  if (!authorization.empty()) context.AddMetadata("authorization", authorization);
  const grpc::ByteBuffer sent = ToByteBuffer(request);
  grpc::ByteBuffer received;
  std::promise<grpc::Status> ended;
  grpc::GenericStub(channel).UnaryCall(&context, method, {}, &sent, &received,
                                       [&ended](grpc::Status status) { ended.set_value(std::move(status)); });
  const absl::Status status = rpc::FromGrpc(ended.get_future().get());
  if (!status.ok()) return absl::Status(status.code(), absl::StrCat(method, ": ", status.message()));
  return ToString(received);
}

grpc::ByteBuffer ToByteBuffer(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

std::string ToString(const grpc::ByteBuffer& buffer) {
  std::string bytes;
  std::vector<grpc::Slice> slices;
  if (buffer.Valid() && buffer.Dump(&slices).ok()) {
    for (const grpc::Slice& slice : slices) bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return bytes;
}

}  // namespace edirae::bench
