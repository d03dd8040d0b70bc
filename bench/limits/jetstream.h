#ifndef EDIRAE_BENCH_LIMITS_JETSTREAM_H_
#define EDIRAE_BENCH_LIMITS_JETSTREAM_H_

#include <cstdint>
#include <span>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "bench/load/interrupt.h"
#include "common/nats/async_publisher.h"

namespace edirae::bench {

// Messages a second that one publisher gets acknowledged by JetStream of a nats-server of its own: asynchronous, 200
// bytes, each with a message id, over 64 subjects, file storage. nats.c alone, without our library. `folder` is for the
// server.
absl::StatusOr<double> MeasureJetStream(const std::string& folder, absl::Duration window, const Interrupt& interrupt);

// Makes a stream in file storage for `subjects`. Errors of nats::JetStream.
absl::Status MakeStream(const std::string& url, const std::string& name, const std::string& subjects);

// The same rate for these messages, each once, with their headers and ids, to a stream that is there.
absl::StatusOr<double> PublishAll(const std::string& url, std::span<const nats::OutgoingMessage> messages,
                                  const Interrupt& interrupt);

// Messages a second that nats.c's ordered consumer reads, of the first `count` of the stream that has `subjects`.
absl::StatusOr<double> ReadOrdered(const std::string& url, const std::string& subjects, int64_t count,
                                   const Interrupt& interrupt);

}  // namespace edirae::bench

#endif  // EDIRAE_BENCH_LIMITS_JETSTREAM_H_
