#ifndef EDIRAE_BENCH_LOAD_GENERATOR_H_
#define EDIRAE_BENCH_LOAD_GENERATOR_H_

#include <cstdint>
#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "bench/load/histogram.h"
#include "bench/load/interrupt.h"
#include "grpcpp/support/byte_buffer.h"

namespace edirae::bench {

// One call to make.
struct Call {
  grpc::ByteBuffer request;
  const std::string* authorization = nullptr;  // value of that metadata, null for none; must outlive the load
};

// A closed loop: `concurrency` calls of one unary method are always under way, each followed at once by the next.
struct Load {
  std::string address;  // host:port
  std::string method;   // /package.Service/Method
  int concurrency = 100;
  absl::Duration warm_up;
  absl::Duration window;
  // Fills the next call, or returns false to end its lane. Runs on gRPC threads, several at once, but never two of one
  // `lane` (0 to concurrency - 1).
  std::function<bool(int lane, Call& call)> next;
};

struct LoadResult {
  double per_second = 0;  // calls that ended inside the window
  Histogram latencies;    // of those
  int64_t completed = 0;  // all calls of the run, warm-up and last ones included
};

// Runs a load: warm-up, measured window (shorter when every lane has ended), then waits for what is under way. Speaks
// raw bytes over gRPC's callback API, so that the client costs as little as it can; echo and platform are driven by the
// same code. Errors: that of the first call which fails, with the method's name (every call must succeed); CANCELLED.
absl::StatusOr<LoadResult> RunLoad(const Load& load, const Interrupt& interrupt);

}  // namespace edirae::bench

#endif  // EDIRAE_BENCH_LOAD_GENERATOR_H_
