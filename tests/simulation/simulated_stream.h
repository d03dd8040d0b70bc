#ifndef EDIRAE_TESTS_SIMULATION_SIMULATED_STREAM_H_
#define EDIRAE_TESTS_SIMULATION_SIMULATED_STREAM_H_

#include <chrono>
#include <deque>
#include <memory>
#include <vector>

#include "services/progress/adapters/event_stream.h"
#include "tests/simulation/dice.h"
#include "tests/simulation/simulated_bus.h"
#include "tests/simulation/weather.h"

namespace edirae::simulation {

// A relay's connection to the bus: what it sends stays on its way, in order, until the simulation lets the server take
// it; answers come back later, in any order, or not at all. Not thread-safe; the references must outlive it.
class SimulatedStream final : public progress::EventStream {
 public:
  SimulatedStream(SimulatedBus& bus, const SimulatedTime& time, const Weather& weather, Dice& dice)
      : bus_(bus), time_(time), weather_(weather), dice_(dice) {}

  bool connected() const override { return bus_.reachable(); }
  absl::StatusOr<nats::StreamState> GetState() override;
  absl::Status Make() override;
  absl::Status Remove() override;
  absl::StatusOr<nats::StoredMessage> GetMessage(uint64_t seq) override;
  absl::Status EraseMessage(uint64_t seq) override;
  absl::Status Publish(const progress::RelayWindow::Group& group) override;
  std::vector<progress::PublishAnswer> TakeAnswers() override;
  absl::Status Drain(absl::Duration timeout) override;

  // The server takes at most so many groups, and some answers arrive.
  void Carry(size_t groups);
  // The connection is lost, with a part of what was on its way.
  void Break();

 private:
  struct Group {
    int64_t first = 0;
    std::vector<std::shared_ptr<const nats::OutgoingMessage>> messages;
    std::chrono::steady_clock::time_point sent;
  };
  struct Late {
    progress::PublishAnswer answer;
    std::chrono::steady_clock::time_point due;
  };

  void CarryOne(const Group& group);
  void Arrive(bool all);

  SimulatedBus& bus_;
  const SimulatedTime& time_;
  const Weather& weather_;
  Dice& dice_;
  std::deque<Group> under_way_;
  std::vector<Late> late_;
  std::vector<progress::PublishAnswer> arrived_;
};

}  // namespace edirae::simulation

#endif  // EDIRAE_TESTS_SIMULATION_SIMULATED_STREAM_H_
