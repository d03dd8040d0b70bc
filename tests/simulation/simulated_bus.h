#ifndef EDIRAE_TESTS_SIMULATION_SIMULATED_BUS_H_
#define EDIRAE_TESTS_SIMULATION_SIMULATED_BUS_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "common/nats/async_publisher.h"
#include "common/nats/jetstream.h"
#include "tests/simulation/simulated_time.h"

namespace edirae::simulation {

// A place of a stream as a consumer knows it: the sequence is given again after a rollback, the copy is not.
struct Delivery {
  uint64_t seq = 0;
  uint64_t copy = 0;
};

// A server with a stream and its one consumer: takes messages, drops repetitions that come within two minutes, and
// forgets when it is told to. What is not acknowledged is delivered again. Not thread-safe.
class SimulatedBus {
 public:
  explicit SimulatedBus(const SimulatedTime& time) : time_(time) {}

  bool reachable() const { return reachable_; }
  void SetReachable(bool reachable) { reachable_ = reachable; }
  void SetFull(bool full) { full_ = full; }

  // The stream. NOT_FOUND when there is none.
  absl::Status Make();
  void Remove();
  absl::StatusOr<nats::StreamState> GetState() const;
  absl::StatusOr<nats::PubAck> Store(std::shared_ptr<const nats::OutgoingMessage> message);
  absl::StatusOr<nats::StoredMessage> GetMessage(uint64_t seq) const;
  absl::Status EraseMessage(uint64_t seq);
  // A power cut: what follows `last` was not synced, nor were acknowledgements behind `last_acknowledged`.
  void RollBack(uint64_t last, uint64_t last_acknowledged);
  uint64_t last_seq() const { return kept_.size(); }
  // Ids of the messages that are there, by place.
  std::map<uint64_t, std::string> Ids() const;

  // The consumer: everything that is not acknowledged.
  std::vector<Delivery> Unacknowledged() const;
  // Empty when the message is not there any more.
  std::string Payload(const Delivery& delivery) const;
  void Acknowledge(const Delivery& delivery);

 private:
  struct Kept {
    std::shared_ptr<const nats::OutgoingMessage> message;  // null when it was erased
    uint64_t copy = 0;
    bool acknowledged = false;
  };
  struct Stored {
    uint64_t seq = 0;
    std::chrono::steady_clock::time_point time;
  };
  // Null when the stream has no such message.
  const Kept* Find(uint64_t seq) const;

  const SimulatedTime& time_;
  bool reachable_ = true;
  bool full_ = false;
  bool exists_ = false;
  int64_t made_ = 0;     // streams
  uint64_t copies_ = 0;  // messages
  std::vector<Kept> kept_;
  std::map<std::string, Stored> ids_;
};

}  // namespace edirae::simulation

#endif  // EDIRAE_TESTS_SIMULATION_SIMULATED_BUS_H_
