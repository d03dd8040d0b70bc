#ifndef EDIRAE_BENCH_MEASURE_OPEN_STATES_H_
#define EDIRAE_BENCH_MEASURE_OPEN_STATES_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "bench/measure/conditions.h"
#include "common/clock/clock.h"
#include "common/metrics/metrics.h"
#include "common/testing/temp_folder.h"
#include "services/recommend/adapters/checkpointer.h"
#include "services/recommend/adapters/event_applier.h"
#include "services/recommend/adapters/live_states.h"
#include "services/recommend/adapters/sqlite_checkpoint_store.h"
#include "services/recommend/domain/curriculum.h"
#include "services/recommend/domain/models.h"

namespace edirae::bench {

// recommend without gRPC, catalog service and bus: checkpoints, states in memory, applier and checkpointer as the
// service has them, over SQLite in a temporary folder. Learners are numbered from 0 and all have come as far:
// kRecordedConcepts concepts with kQuestionsInTurn answers each, half of them mastered. For one thread.
class OpenStates {
 public:
  static absl::StatusOr<std::unique_ptr<OpenStates>> Make();

  int64_t learners() const { return learners_; }
  // Adds learners until there are so many; `what` is shown. Nobody is in memory afterwards.
  absl::Status GrowTo(const Conditions& conditions, const std::string& what, int64_t learners);

  // Stops and starts; how long from the start to the first suggestions, for `learner`. Nobody else is in memory then.
  absl::StatusOr<absl::Duration> TimeRestart(int64_t learner);
  // Brings a learner into memory, as the applying thread does.
  absl::Status Bring(int64_t learner);
  // How long a learner's question for three suggestions takes, from where the service asks for the state.
  absl::StatusOr<absl::Duration> TimeSuggest(int64_t learner);

  // `waves` times, lets kRoundsInWave times kTogether learners answer kAnswersInSitting questions each, and waits until
  // all is saved; of those of one round everybody's first answer arrives in one batch, then everybody's second. Returns
  // this process's processor time for an event. DATA_LOSS when one was not saved.
  absl::StatusOr<absl::Duration> CostOfSittings(int waves, const Interrupt& interrupt);
  // The same for a state that is saved after an answer, `rounds` times kSavedAtOnce of different learners.
  absl::StatusOr<absl::Duration> CostOfSaves(int rounds, const Interrupt& interrupt);

  // Memory that a process gets which brings the first `learners` and nothing else. Nobody is in this one's afterwards.
  absl::StatusOr<double> LiveMegabytes(int64_t learners);
  // Of the file of checkpoints.
  absl::StatusOr<int64_t> FileBytes() const;
  // RESOURCE_EXHAUSTED when the folder has no room for so many learners.
  absl::Status CheckRoom(int64_t learners) const;

  static constexpr int kRoundsInWave = 15;
  static constexpr int64_t kTogether = 64;
  static constexpr int64_t kAnswersInSitting = 16;
  static constexpr int64_t kSavedAtOnce = 1000;

 private:
  // Of the service, what is between bus and handlers.
  struct Running {
    Running(const recommend::Models& models, const Clock& clock,
            std::unique_ptr<recommend::SqliteCheckpointStore> opened);

    Metrics metrics;
    const std::unique_ptr<recommend::SqliteCheckpointStore> store;
    recommend::LiveStates states;
    recommend::Checkpointer checkpointer;
    recommend::EventApplier applier;
  };

  explicit OpenStates(recommend::Models models);
  absl::Status Start();
  absl::Status MakeExamples(const catalog::v1::RevisionContent& content);
  int64_t NextLearner();
  // The learner's next answer; they give it.
  events::v1::LearnerEvent NextAnswer(int64_t learner);
  // The answers of one round: batches in the order of their arrival.
  void AddRound(std::vector<std::vector<recommend::Arrival>>& batches);
  // Applies them and waits until they are saved.
  absl::Status ApplyAll(std::vector<std::vector<recommend::Arrival>> batches, const Interrupt& interrupt);

  const testing::TempFolder folder_;
  const recommend::Models models_;
  const SystemClock clock_;
  std::shared_ptr<const recommend::Curriculum> curriculum_;
  const recommend::CourseIndex* course_ = nullptr;
  std::vector<recommend::LearnerState> examples_;  // whose states the learners have
  int64_t learners_ = 0;
  int64_t turn_ = 0;
  absl::flat_hash_map<int64_t, int64_t> answers_;  // of learners who gave any since they were added
  std::atomic<int64_t> settled_ = 0;               // events that were saved
  std::unique_ptr<Running> running_;
};

}  // namespace edirae::bench

#endif  // EDIRAE_BENCH_MEASURE_OPEN_STATES_H_
