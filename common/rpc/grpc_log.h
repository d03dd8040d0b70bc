#ifndef EDIRAE_COMMON_RPC_GRPC_LOG_H_
#define EDIRAE_COMMON_RPC_GRPC_LOG_H_

namespace edirae::rpc {

// Makes gRPC's own messages part of our log, from where they went to standard error as they are: its errors as info,
// because what they mean for us is said by whoever called gRPC, the rest as debug. Before any use of gRPC.
void LogGrpc();

}  // namespace edirae::rpc

#endif  // EDIRAE_COMMON_RPC_GRPC_LOG_H_
