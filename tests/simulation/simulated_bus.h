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

// A server with a stream: takes messages, drops repetitions that come within two minutes, and forgets when it is told
// to, and with it who was reading. Not thread-safe.
class SimulatedBus {
 public:
  explicit SimulatedBus(const SimulatedTime& time) : time_(time) {}

  bool reachable() const { return reachable_; }
  void SetReachable(bool reachable);
  void SetFull(bool full) { full_ = full; }

  // The stream. NOT_FOUND when there is none.
  absl::Status Make();
  void Remove();
  absl::StatusOr<nats::StreamState> GetState() const;
  absl::StatusOr<nats::PubAck> Store(std::shared_ptr<const nats::OutgoingMessage> message);
  absl::StatusOr<nats::StoredMessage> GetMessage(uint64_t seq) const;
  absl::Status EraseMessage(uint64_t seq);
  // A power cut: what follows `last` was not synced.
  void RollBack(uint64_t last);
  uint64_t last_seq() const { return kept_.size(); }
  // Ids of the messages that are there, by place.
  std::map<uint64_t, std::string> Ids() const;

  // Counts what ends every consumer: disconnections, restarts, the stream's removal.
  int readings() const { return readings_; }

 private:
  struct Kept {
    std::shared_ptr<const nats::OutgoingMessage> message;  // null when it was erased
    uint64_t copy = 0;                                     // never given again, other than its place
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
  int readings_ = 0;
  int64_t made_ = 0;     // streams
  uint64_t copies_ = 0;  // messages
  std::vector<Kept> kept_;
  std::map<std::string, Stored> ids_;
};

}  // namespace edirae::simulation

#endif  // EDIRAE_TESTS_SIMULATION_SIMULATED_BUS_H_
