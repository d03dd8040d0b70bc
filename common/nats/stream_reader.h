#ifndef EDIRAE_COMMON_NATS_STREAM_READER_H_
#define EDIRAE_COMMON_NATS_STREAM_READER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/nats/connection.h"
#include "common/nats/message.h"

namespace edirae::nats {

struct StreamReaderOptions {
  std::string stream;
  std::string consumer;    // its name at the server, which nobody else uses; letters, digits, '-' and '_'
  uint64_t start_seq = 1;  // the first that it delivers, if it is there; > 0
  // The server says that it is still there this often. Who has waited for two and a half of them in silence is told
  // that the reader has ended.
  absl::Duration heartbeat = absl::Seconds(1);
  // After which the server forgets a reader that has gone without a word.
  absl::Duration inactive_threshold = absl::Minutes(2);
};

// Reads a stream in its order and without a gap, each message once, until something goes wrong; then whoever reads
// makes another one behind what it got. The server pushes, keeps nothing of it on its disk, and waits while 2 MB of
// messages were not fetched; from the first 15 MB on, 32 MB.
//
// One thread at a time owns it.
class StreamReader {
 public:
  // Takes a few round trips.
  //
  // Errors: INVALID_ARGUMENT (options), NOT_FOUND (no such stream), UNAVAILABLE (not connected, no JetStream there),
  // DEADLINE_EXCEEDED, PERMISSION_DENIED, FAILED_PRECONDITION or RESOURCE_EXHAUSTED (the server refuses).
  static absl::StatusOr<std::unique_ptr<StreamReader>> Create(const Connection& connection,
                                                              const StreamReaderOptions& options);

  StreamReader(const StreamReader&) = delete;
  StreamReader& operator=(const StreamReader&) = delete;
  // Tells the server that nobody reads any more, unless it was lost or silent. Takes a round trip.
  ~StreamReader();

  // Returns what is there, at most `max_messages` (> 0), waiting up to `timeout` for the first; empty when there was
  // nothing.
  //
  // Errors, which stay, since the reader has ended:
  //   UNAVAILABLE  the connection was lost (noticed within 100 ms), the server has gone silent, or the consumer is gone
  //   DATA_LOSS    a message did not arrive
  //   others       as nats.c has them; to be treated alike
  absl::StatusOr<std::vector<Message>> Fetch(size_t max_messages, absl::Duration timeout);

  // How many messages of the stream were not fetched yet, some words of the server among them. Errors of
  // JetStream::GetLag.
  absl::StatusOr<uint64_t> Lag() const;

 private:
  class Impl;
  explicit StreamReader(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace edirae::nats

#endif  // EDIRAE_COMMON_NATS_STREAM_READER_H_
