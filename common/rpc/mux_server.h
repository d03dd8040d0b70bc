#ifndef EDIRAE_COMMON_RPC_MUX_SERVER_H_
#define EDIRAE_COMMON_RPC_MUX_SERVER_H_

#include <memory>
#include <mutex>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "common/rpc/authenticator.h"
#include "common/rpc/method_table.h"
#include "edirae/mux/v1/mux_service.grpc.pb.h"

namespace edirae::rpc {

// Serves a method table over batched streams. Only services may open one. Thread-safe; both references must outlive the
// server.
class MuxServer final : public mux::v1::MuxService::CallbackService {
 public:
  MuxServer(const MethodTable& methods, const Authenticator& authenticator);

  grpc::ServerBidiReactor<mux::v1::ExchangeRequest, mux::v1::ExchangeResponse>* Exchange(
      grpc::CallbackServerContext* context) override;

  // Answers new calls with UNAVAILABLE and ends every stream once its running calls are answered.
  void Drain();

 private:
  class Stream;

  const MethodTable& methods_;
  const Authenticator& authenticator_;
  std::mutex mutex_;
  std::vector<std::weak_ptr<Stream>> streams_ ABSL_GUARDED_BY(mutex_);
  bool draining_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace edirae::rpc

#endif  // EDIRAE_COMMON_RPC_MUX_SERVER_H_
