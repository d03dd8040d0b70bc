#include "common/rpc/health.h"

#include <future>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "common/wire/wire.h"
#include "grpcpp/client_context.h"
#include "grpcpp/generic/generic_stub.h"

namespace edirae::rpc {
namespace {

// grpc.health.v1, whose messages are in no package: HealthCheckRequest{string service = 1}, HealthCheckResponse{enum
// status = 1}.
constexpr char kHealthCheck[] = "/grpc.health.v1.Health/Check";
constexpr int kServiceField = 1;
constexpr int kStatusField = 1;
constexpr uint64_t kServing = 1;

bool IsServing(const grpc::ByteBuffer& response) {
  std::vector<grpc::Slice> slices;
  if (!response.Dump(&slices).ok()) return false;
  std::string bytes;
  for (const grpc::Slice& slice : slices) bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  const absl::StatusOr<uint64_t> status = wire::FindVarint(bytes, kStatusField);
  return status.ok() && *status == kServing;
}

}  // namespace

bool SaysServing(const std::shared_ptr<grpc::Channel>& channel, const std::string& name, absl::Duration timeout) {
  std::string bytes;
  wire::AppendBytes(bytes, kServiceField, name);
  const grpc::Slice slice(bytes);
  const grpc::ByteBuffer request(&slice, 1);
  grpc::ByteBuffer response;
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + timeout));
  std::promise<bool> answer;
  grpc::GenericStub(channel).UnaryCall(
      &context, kHealthCheck, grpc::StubOptions(), &request, &response,
      [&](const grpc::Status& status) { answer.set_value(status.ok() && IsServing(response)); });
  return answer.get_future().get();
}

}  // namespace edirae::rpc
