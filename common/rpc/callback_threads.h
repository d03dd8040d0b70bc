#ifndef EDIRAE_COMMON_RPC_CALLBACK_THREADS_H_
#define EDIRAE_COMMON_RPC_CALLBACK_THREADS_H_

namespace edirae::rpc {

// Keeps gRPC's callback threads until the process ends. By itself gRPC 1.51 ends them with the last channel or server
// that used them and starts new ones for the next, and now and then it aborts in between: its queue of events is let go
// of once too often (seen in 1 of 60 runs of our tests on a busy machine). Costs nothing after the first time.
// Thread-safe.
void KeepCallbackThreads();

}  // namespace edirae::rpc

#endif  // EDIRAE_COMMON_RPC_CALLBACK_THREADS_H_
