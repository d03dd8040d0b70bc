#ifndef EDIRAE_COMMON_RPC_SHUTDOWN_SIGNAL_H_
#define EDIRAE_COMMON_RPC_SHUTDOWN_SIGNAL_H_

#include <csignal>

namespace edirae::rpc {

// Waits for the request to stop. Make one first thing in `main`: threads started later inherit the blocked signals, so
// that none of them is interrupted and only `Wait` sees SIGINT and SIGTERM. SIGPIPE is ignored.
class ShutdownSignal {
 public:
  ShutdownSignal();

  // Blocks until one of the signals comes; returns its number.
  int Wait();

 private:
  sigset_t signals_;
};

}  // namespace edirae::rpc

#endif  // EDIRAE_COMMON_RPC_SHUTDOWN_SIGNAL_H_
