#include "bench/measure/live_memory.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "bench/measure/figures.h"
#include "bench/measure/recorded_answers.h"
#include "common/metrics/metrics.h"
#include "common/status/macros.h"
#include "services/recommend/adapters/live_states.h"
#include "services/recommend/adapters/model_files.h"
#include "services/recommend/adapters/sqlite_checkpoint_store.h"
#include "services/recommend/limits.h"
#include "services/recommend/testing/owns_all.h"

namespace edirae::bench {
namespace {

double ResidentMegabytes() {
  double all = 0, resident = 0;
  std::ifstream("/proc/self/statm") >> all >> resident;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE)) / kMegabyte;
}

absl::StatusOr<double> GrowthOfMemory(const std::string& folder, int64_t learners) {
  EDIRAE_ASSIGN_OR_RETURN(const recommend::Models models, recommend::LoadModels(""));
  EDIRAE_ASSIGN_OR_RETURN(const auto store,
                          recommend::SqliteCheckpointStore::Open(folder, recommend::FoldNameOf(models)));
  Metrics metrics;
  recommend::LiveStates states(
      *store, recommend::limits::kMaxLiveLearners, metrics, [](const std::string&) {}, recommend::testing::OwnsAll());
  const double before = ResidentMegabytes();
  for (int64_t learner = 0; learner < learners; ++learner) {
    EDIRAE_RETURN_IF_ERROR(states.GetNow(RecordedLearner(learner)).status());
  }
  return ResidentMegabytes() - before;
}

}  // namespace

int PrintLiveMemory(const std::string& folder, int64_t learners) {
  const absl::StatusOr<double> growth = GrowthOfMemory(folder, learners);
  if (growth.ok()) std::printf("%f\n", *growth);
  return growth.ok() ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace edirae::bench
