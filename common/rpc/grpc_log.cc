#include "common/rpc/grpc_log.h"

#include <grpc/support/log.h>

#include "common/log/log.h"

namespace edirae::rpc {

void LogGrpc() {
  gpr_set_log_function([](gpr_log_func_args* said) {
    if (said->severity == GPR_LOG_SEVERITY_ERROR) {
      log::Info("gRPC says", {{"text", said->message}});
    } else {
      log::Debug("gRPC says", {{"text", said->message}});
    }
  });
}

}  // namespace edirae::rpc
