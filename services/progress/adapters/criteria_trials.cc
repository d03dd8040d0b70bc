#include "services/progress/adapters/criteria_trials.h"

#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/macros.h"
#include "services/progress/adapters/store_error.h"
#include "services/progress/domain/criteria_trial.h"
#include "services/progress/limits.h"

namespace edirae::progress {
namespace {

// Plays one learner's history again.
absl::Status PlayAgain(EventStore& store, const TriedRoadmap& tried, const std::string& learner_id,
                       v1::TryCriteriaResponse& response) {
  CriteriaTrial trial(tried);
  events::v1::LearnerEvent event;
  while (true) {
    const auto page = store.ReadLearner(learner_id, trial.last_seq(), limits::kFoldPage, limits::kMaxPageBytes);
    if (!page.ok()) return StoreError(page.status());
    if (page->empty()) break;
    for (const StoredEvent& stored : *page) {
      if (!event.ParseFromString(stored.payload)) {
        return absl::DataLossError(absl::StrCat("position ", stored.position, " is not an event"));
      }
      EDIRAE_RETURN_IF_ERROR(trial.Take(event));
    }
  }
  if (trial.last_seq() == 0) return absl::OkStatus();  // erased meanwhile
  response.set_learner_count(response.learner_count() + 1);
  v1::ChangedLearner changed;
  changed.set_learner_id(learner_id);
  if (trial.Compare(changed)) *response.add_changed() = std::move(changed);
  return absl::OkStatus();
}

absl::StatusOr<TrialPage> RunTrial(EventStore& store, const TriedRoadmap& tried, const TrialQuery& query,
                                   const Clock& clock) {
  TrialPage page{.response = {}, .next_position = query.after_position};
  page.response.set_catalog_revision(tried.revision());
  const absl::Time end = clock.Now() + (query.deadline - clock.Now()) / 2;
  const auto enough = [&] {
    return page.response.learner_count() >= query.max_learners ||
           (page.next_position > query.after_position && clock.Now() >= end);
  };
  events::v1::LearnerEvent event;
  while (true) {
    const auto read = store.ReadCommitted(page.next_position, limits::kFoldPage);
    if (!read.ok()) return StoreError(read.status());
    if (read->empty()) break;
    for (const StoredEvent& stored : *read) {
      if (enough()) return page;
      page.next_position = stored.position;
      if (stored.learner_seq != 1) continue;  // of somebody who is met where they began
      if (!event.ParseFromString(stored.payload)) {
        return absl::DataLossError(absl::StrCat("position ", stored.position, " is not an event"));
      }
      if (event.has_learner_erased()) continue;
      EDIRAE_RETURN_IF_ERROR(PlayAgain(store, tried, event.learner_id(), page.response));
    }
  }
  page.next_position = 0;
  return page;
}

}  // namespace

StoreCriteriaTrials::StoreCriteriaTrials(EventStore& store, const CurrentContent& content, const Clock& clock)
    : store_(store),
      content_(content),
      clock_(clock),
      reader_("criteria-trials", limits::kMaxQueuedTravels, ReaderRefusals()) {}

void StoreCriteriaTrials::Try(TrialQuery query, TrialDone done) {
  std::shared_ptr<const ContentIndex> content = content_.Get();
  if (content == nullptr) return std::move(done)(NoCatalog());
  auto tried = TriedRoadmap::Make(std::move(content), std::move(query.request));
  if (!tried.ok()) return std::move(done)(tried.status());
  process::RunOn(reader_, std::move(done), [this, tried = *std::move(tried), query = std::move(query)](TrialDone read) {
    std::move(read)(RunTrial(store_, *tried, query, clock_));
  });
}

}  // namespace edirae::progress
