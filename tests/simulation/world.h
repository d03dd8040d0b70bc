#ifndef EDIRAE_TESTS_SIMULATION_WORLD_H_
#define EDIRAE_TESTS_SIMULATION_WORLD_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "services/recommend/testing/fake_checkpoint_store.h"
#include "tests/simulation/bug.h"
#include "tests/simulation/clients.h"
#include "tests/simulation/progress_process.h"
#include "tests/simulation/recommend_process.h"

namespace edirae::simulation {

// Clients, a ledger, progress, a bus and a consumer, and everything that can go wrong between them, one step after the
// other, by one seed. No thread, no clock and no randomness of its own: the same seed is the same run. For one run.
class World {
 public:
  World(uint64_t seed, Bug bug);

  // Steps in the weather of the seed, then calm until everything has settled, then the oracle. What it found; empty
  // when every promise was kept.
  const std::vector<std::string>& Run();

  // The same for the same run, and hardly for another one.
  uint64_t fingerprint() const { return fingerprint_; }

 private:
  void Step();
  void Client();
  void Fault();
  void FaultOfBus();
  void KillProgress();
  void RestartRecommend();
  void TryErase();
  void StartProgress();
  void CalmStep();
  bool Settled();

  Dice dice_;
  Weather weather_;
  const Bug bug_;
  SimulatedTime time_;
  Oracle oracle_;
  SimulatedStore store_;
  SimulatedBus bus_{time_};
  recommend::testing::FakeCheckpointStore checkpoints_;
  recommend::ReadPlaces places_;  // saved beside the checkpoints
  RecommendProcess::KnownPlaces known_places_;
  Clients clients_;
  LedgerReader reader_{store_};
  std::optional<ProgressProcess> progress_;  // nothing while it is down
  std::optional<RecommendProcess> recommend_;
  uint64_t fingerprint_ = 0;
};

}  // namespace edirae::simulation

#endif  // EDIRAE_TESTS_SIMULATION_WORLD_H_
