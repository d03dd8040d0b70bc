#ifndef EDIRAE_COMMON_RPC_LOCAL_CLIENT_H_
#define EDIRAE_COMMON_RPC_LOCAL_CLIENT_H_

#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "common/rpc/method_client.h"
#include "common/rpc/method_table.h"

namespace edirae::rpc {

// Calls the methods of a service in the same process, on the caller's thread and without gRPC. Answers what a MuxClient
// would: errors look as if they had been sent.
class LocalClient final : public MethodClient {
 public:
  // `methods` must outlive the client, and what it calls.
  explicit LocalClient(const MethodTable& methods);
  ~LocalClient() override;

  void Call(absl::string_view method, const CallContext& context, std::string request, Done done) override;

 private:
  struct Calls;
  const MethodTable& methods_;
  const std::shared_ptr<Calls> calls_;  // methods under way hold it, too
};

}  // namespace edirae::rpc

#endif  // EDIRAE_COMMON_RPC_LOCAL_CLIENT_H_
