#ifndef EDIRAE_BENCH_LIMITS_JETSTREAM_H_
#define EDIRAE_BENCH_LIMITS_JETSTREAM_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "bench/load/interrupt.h"

namespace edirae::bench {

// Messages a second that one publisher gets acknowledged by JetStream of a nats-server of its own: asynchronous, 200
// bytes, each with a message id, over 64 subjects, file storage. nats.c alone, without our library. `folder` is for the
// server.
absl::StatusOr<double> MeasureJetStream(const std::string& folder, absl::Duration window, const Interrupt& interrupt);

}  // namespace edirae::bench

#endif  // EDIRAE_BENCH_LIMITS_JETSTREAM_H_
