#ifndef EDIRAE_BENCH_LOAD_CONNECTION_H_
#define EDIRAE_BENCH_LOAD_CONNECTION_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "grpcpp/channel.h"
#include "grpcpp/support/byte_buffer.h"

namespace edirae::bench {

// A channel with a TCP connection of its own: channels to one address would share one otherwise.
std::shared_ptr<grpc::Channel> NewConnection(const std::string& address);

// UNAVAILABLE when the server does not accept the connection within ten seconds.
absl::Status WaitForConnection(grpc::Channel& channel);

// Makes one unary call of serialized messages and waits for its answer, ten seconds at most. `authorization` may be
// empty. Errors of the call, with the method's name.
absl::StatusOr<std::string> CallOnce(const std::shared_ptr<grpc::Channel>& channel, const std::string& method,
                                     const std::string& request, const std::string& authorization);

// The same with generated messages: Response of `Ask<Response>(channel, method, request, authorization)`.
template <class Response, class Request>
absl::StatusOr<Response> Ask(const std::shared_ptr<grpc::Channel>& channel, const std::string& method,
                             const Request& request, const std::string& authorization) {
  const absl::StatusOr<std::string> bytes = CallOnce(channel, method, request.SerializeAsString(), authorization);
  if (!bytes.ok()) return bytes.status();
  Response response;
  if (!response.ParseFromString(*bytes)) return absl::InternalError(method + " answered with something else");
  return response;
}

grpc::ByteBuffer ToByteBuffer(const std::string& bytes);
std::string ToString(const grpc::ByteBuffer& buffer);

}  // namespace edirae::bench

#endif  // EDIRAE_BENCH_LOAD_CONNECTION_H_
