#ifndef EDIRAE_COMMON_NATS_JETSTREAM_H_
#define EDIRAE_COMMON_NATS_JETSTREAM_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/nats/connection.h"

namespace edirae::nats {

// A stream in file storage that refuses new messages when it is full (discard new), so that nothing is lost in silence.
struct StreamSettings {
  std::string name;                                   // letters, digits, '-' and '_'
  std::vector<std::string> subjects;                  // at least one; wildcards allowed
  absl::Duration max_age = absl::InfiniteDuration();  // infinite: kept until max_bytes
  int64_t max_bytes = 0;  // required, > 0: a full disk wedges nats-server, a full stream does not
  absl::Duration duplicate_window = absl::Minutes(2);  // at most max_age
  int replicas = 1;                                    // 1, 3 or 5
};

struct StreamState {
  absl::Time created;  // changes when the stream was deleted and made again
  uint64_t first_seq = 0;
  uint64_t last_seq = 0;  // falls when the server lost its tail: JetStream's ack is not durability
  uint64_t messages = 0;
  uint64_t bytes = 0;
  absl::Duration max_age = absl::InfiniteDuration();  // as StreamSettings has them
  int64_t max_bytes = 0;
};

// A message as the stream keeps it.
struct StoredMessage {
  std::string subject;
  std::map<std::string, std::string> headers;  // the first value of each; names as they were sent
  std::string payload;
  absl::Time time = absl::UnixEpoch();  // when the server stored it

  // A header's value; empty when it is not there.
  std::string header(const std::string& name) const {
    const auto at = headers.find(name);
    return at != headers.end() ? at->second : std::string();
  }
};

// Administration of streams and consumers. Thread-safe; every call blocks for at most the connection's request_timeout.
//
// Errors of every method: UNAVAILABLE (not connected, connection lost meanwhile, no JetStream there),
// DEADLINE_EXCEEDED, PERMISSION_DENIED where the server says so (a violation without an answer shows as
// DEADLINE_EXCEEDED: see ConnectionOptions::on_error), and what is named below.
class JetStream {
 public:
  explicit JetStream(const Connection& connection);

  // Creates the stream, or updates subjects, limits, window and replicas of the one that is there.
  //
  // Errors: INVALID_ARGUMENT (settings), FAILED_PRECONDITION (the server refuses the change, e.g. subjects overlap),
  // RESOURCE_EXHAUSTED (no storage left for max_bytes).
  absl::Status EnsureStream(const StreamSettings& settings);

  // Errors: NOT_FOUND when there is no such stream.
  absl::StatusOr<StreamState> GetStream(const std::string& name);

  // Reads one message, whether or not somebody reads the stream.
  //
  // Errors: NOT_FOUND (no such stream, or no longer a message at this place).
  absl::StatusOr<StoredMessage> GetMessage(const std::string& stream, uint64_t seq);

  // Errors: NOT_FOUND.
  absl::Status DeleteStream(const std::string& name);

  // Removes one message and overwrites its bytes in the server's files. Errors as GetMessage.
  absl::Status EraseMessage(const std::string& stream, uint64_t seq);

  // How many messages of the stream a consumer was not sent yet.
  //
  // Errors: NOT_FOUND when stream or consumer does not exist.
  absl::StatusOr<uint64_t> GetLag(const std::string& stream, const std::string& consumer);

  // Errors: NOT_FOUND.
  absl::Status DeleteConsumer(const std::string& stream, const std::string& consumer);

 private:
  std::shared_ptr<ConnectionCore> core_;
};

}  // namespace edirae::nats

#endif  // EDIRAE_COMMON_NATS_JETSTREAM_H_
