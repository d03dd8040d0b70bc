#include "bench/limits/echo_server.h"

#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "bench/limits/echo.grpc.pb.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server.h"
#include "grpcpp/server_builder.h"

namespace edirae::bench {
namespace {

// Echo is typed, Fetch is raw.
using EchoBase =
    v1::EchoService::WithCallbackMethod_Echo<v1::EchoService::WithRawCallbackMethod_Fetch<v1::EchoService::Service>>;

class EchoService final : public EchoBase {
 public:
  explicit EchoService(int ready_made_bytes) {
    const grpc::Slice slice(std::string(static_cast<size_t>(ready_made_bytes), 'x'));
    ready_made_ = grpc::ByteBuffer(&slice, 1);
  }

  grpc::ServerUnaryReactor* Echo(grpc::CallbackServerContext* context, const v1::EchoRequest* request,
                                 v1::EchoResponse* response) override {
    response->set_payload(request->payload());
    return Finish(context);
  }

  grpc::ServerUnaryReactor* Fetch(grpc::CallbackServerContext* context, const grpc::ByteBuffer* /*request*/,
                                  grpc::ByteBuffer* response) override {
    *response = ready_made_;
    return Finish(context);
  }

 private:
  static grpc::ServerUnaryReactor* Finish(grpc::CallbackServerContext* context) {
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }

  grpc::ByteBuffer ready_made_;
};

}  // namespace

absl::Status ServeEcho(const std::string& listen, int ready_made_bytes) {
  EchoService service(ready_made_bytes);
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort(listen, grpc::InsecureServerCredentials(), &port);
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.RegisterService(&service);
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (server == nullptr || port == 0) return absl::UnavailableError(absl::StrCat("cannot listen on ", listen));
  server->Wait();
  return absl::OkStatus();
}

}  // namespace edirae::bench
