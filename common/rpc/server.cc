#include "common/rpc/server.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/log/log.h"
#include "common/rpc/callback_threads.h"
#include "common/rpc/limits.h"
#include "grpc/grpc.h"
#include "grpcpp/ext/proto_server_reflection_plugin.h"
#include "grpcpp/health_check_service_interface.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server_builder.h"

namespace edirae::rpc {
namespace {

void Bound(grpc::ServerBuilder& builder) {
  const auto millis = [](absl::Duration duration) { return static_cast<int>(absl::ToInt64Milliseconds(duration)); };
  builder.SetMaxReceiveMessageSize(limits::kMaxReceiveBytes);
  // gRPC inflates a message before it looks at its size. So compressed ones are refused, and never inflated.
  for (const grpc_compression_algorithm algorithm : {GRPC_COMPRESS_DEFLATE, GRPC_COMPRESS_GZIP}) {
    builder.SetCompressionAlgorithmSupportStatus(algorithm, false);
  }
  builder.AddChannelArgument(GRPC_ARG_ENABLE_PER_MESSAGE_DECOMPRESSION, 0);
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, limits::kMaxMetadataBytes);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, limits::kMaxStreamsPerConnection);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_MS, millis(limits::kMaxConnectionAge));
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_GRACE_MS, millis(limits::kMaxConnectionAgeGrace));
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, millis(limits::kKeepAlive));
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, millis(limits::kKeepAlive) / 2);
}

}  // namespace

Server::Server(const ServerSettings& settings, std::string address, std::unique_ptr<grpc::Server> server)
    : settings_(settings), address_(std::move(address)), server_(std::move(server)) {}

absl::StatusOr<std::unique_ptr<Server>> Server::Start(const ServerSettings& settings,
                                                      const std::vector<grpc::Service*>& services) {
  KeepCallbackThreads();
  grpc::EnableDefaultHealthCheckService(true);
  grpc::ServerBuilder builder;
  Bound(builder);
  if (settings.reflection) grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  int port = -1;
  if (!settings.listen.empty()) {
    builder.AddListeningPort(settings.listen, grpc::InsecureServerCredentials(), &port);
  }
  for (grpc::Service* service : services) builder.RegisterService(service);
  std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (server == nullptr || port == 0) {
    return absl::UnavailableError(
        absl::StrCat("cannot listen on ", settings.listen, "; is the port taken by another program?"));
  }
  std::string address = settings.listen;
  if (!address.empty()) address = absl::StrCat(address.substr(0, address.rfind(':')), ":", port);
  auto started = std::unique_ptr<Server>(new Server(settings, std::move(address), std::move(server)));
  started->server_->GetHealthCheckService()->SetServingStatus(kLiveness, true);
  started->SetReady(false);
  return started;
}

Server::~Server() { server_->Shutdown(std::chrono::system_clock::now()); }

void Server::SetReady(bool ready) {
  const std::lock_guard lock(mutex_);
  if (!draining_) Say(ready);
}

void Server::Say(bool ready) {
  server_->GetHealthCheckService()->SetServingStatus(kReadiness, ready);
  server_->GetHealthCheckService()->SetServingStatus("", ready);
}

std::shared_ptr<grpc::Channel> Server::InProcessChannel() {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(limits::kMaxReceiveBytes);
  return server_->InProcessChannel(arguments);
}

void Server::Drain(const std::function<void()>& end_streams, const std::function<bool()>& is_quiet) {
  {
    const std::lock_guard lock(mutex_);
    draining_ = true;
    Say(false);
  }
  absl::SleepFor(settings_.drain_delay);
  if (end_streams) end_streams();
  absl::Time deadline = absl::Now() + settings_.drain_deadline;
  if (is_quiet) {
    while (!is_quiet() && absl::Now() < deadline) absl::SleepFor(limits::kDrainLook);
    absl::SleepFor(limits::kLastAnswers);
    // Before the server is told to stop, from when on it answers CANCELLED: a call that comes on a connection which is
    // closed fails with UNAVAILABLE.
    grpc_server_cancel_all_calls(server_->c_server());
    deadline = absl::Now();
  }
  server_->Shutdown(absl::ToChronoTime(deadline));
}

}  // namespace edirae::rpc
