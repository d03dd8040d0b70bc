#ifndef EDIRAE_TESTS_SIMULATION_SIMULATED_TIME_H_
#define EDIRAE_TESTS_SIMULATION_SIMULATED_TIME_H_

#include <chrono>

#include "absl/time/time.h"
#include "common/clock/clock.h"

namespace edirae::simulation {

// The two clocks of a machine: one on the wall that others set, and one that only ever goes on.
class SimulatedTime {
 public:
  const Clock& wall() const { return wall_; }
  std::chrono::steady_clock::time_point steady() const { return steady_; }

  void Pass(absl::Duration time) {
    wall_.Advance(time);
    steady_ += absl::ToChronoNanoseconds(time);
  }
  // Somebody sets the clock on the wall, forwards or back.
  void Jump(absl::Duration by) { wall_.Advance(by); }

 private:
  FakeClock wall_{absl::FromUnixSeconds(1'800'000'000)};
  std::chrono::steady_clock::time_point steady_;
};

}  // namespace edirae::simulation

#endif  // EDIRAE_TESTS_SIMULATION_SIMULATED_TIME_H_
