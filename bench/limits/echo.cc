#include "bench/limits/echo.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "bench/limits/echo.pb.h"
#include "bench/load/connection.h"
#include "common/process/loopback_port.h"
#include "common/status/macros.h"

namespace edirae::bench {

absl::StatusOr<std::unique_ptr<EchoProcess>> EchoProcess::Start(int bytes) {
  EDIRAE_ASSIGN_OR_RETURN(const int port, process::FreeLoopbackPort());
  const std::string address = absl::StrCat("127.0.0.1:", port);
  process::ChildOptions options;
  options.argv = {"/proc/self/exe", "echo-server", "--listen", address, "--bytes", absl::StrCat(bytes)};
  EDIRAE_ASSIGN_OR_RETURN(auto child, process::ChildProcess::Start(options));
  EDIRAE_RETURN_IF_ERROR(WaitForConnection(*NewConnection(address)));
  return std::unique_ptr<EchoProcess>(new EchoProcess(std::move(child), address, bytes));
}

Load EchoProcess::EchoLoad() const {
  v1::EchoRequest request;
  request.set_payload(std::string(static_cast<size_t>(bytes_), 'x'));
  const grpc::ByteBuffer bytes = ToByteBuffer(request.SerializeAsString());
  Load load;
  load.address = address_;
  load.method = "/edirae.bench.v1.EchoService/Echo";
  load.next = [bytes](int /*lane*/, Call& call) {
    call.request = bytes;
    return true;
  };
  return load;
}

Load EchoProcess::FetchLoad(int request_bytes) const {
  const grpc::ByteBuffer bytes = ToByteBuffer(std::string(static_cast<size_t>(request_bytes), 'x'));
  Load load;
  load.address = address_;
  load.method = "/edirae.bench.v1.EchoService/Fetch";
  load.next = [bytes](int /*lane*/, Call& call) {
    call.request = bytes;
    return true;
  };
  return load;
}

}  // namespace edirae::bench
