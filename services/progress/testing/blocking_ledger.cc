#include "services/progress/testing/blocking_ledger.h"

#include <cstdlib>
#include <iostream>
#include <memory>

namespace edirae::progress {
namespace {

// A promise that a completion can own, and its future.
template <class T>
std::pair<std::shared_ptr<std::promise<T>>, std::future<T>> Promise() {
  auto promise = std::make_shared<std::promise<T>>();
  auto future = promise->get_future();
  return {std::move(promise), std::move(future)};
}

}  // namespace

std::future<RecordAnswer> StartRecord(Ledger& ledger, const std::string& learner_id,
                                      const std::vector<v1::LearnerAction>& actions, absl::Time deadline) {
  auto request = std::make_unique<v1::RecordEventsRequest>();
  request->set_learner_id(learner_id);
  for (const auto& action : actions) *request->add_actions() = action;
  auto [promise, future] = Promise<RecordAnswer>();
  ledger.Record({std::move(request), deadline},
                [to = std::move(promise)](RecordAnswer answer) { to->set_value(std::move(answer)); });
  return std::move(future);
}

RecordAnswer Record(Ledger& ledger, const std::string& learner_id, const std::vector<v1::LearnerAction>& actions,
                    absl::Time deadline) {
  return StartRecord(ledger, learner_id, actions, deadline).get();
}

v1::ActionOutcome RecordOne(Ledger& ledger, const std::string& learner_id, const v1::LearnerAction& action) {
  const RecordAnswer answer = Record(ledger, learner_id, {action});
  const absl::Status status = answer.ok() ? answer->at(0).status() : answer.status();
  if (!status.ok()) {
    std::cerr << "an action is refused: " << status << "\n";
    std::abort();
  }
  v1::ActionOutcome outcome;
  outcome.ParseFromString(*answer->at(0));
  return outcome;
}

absl::StatusOr<v1::RoadmapProgress> ReadProgress(Ledger& ledger, const std::string& learner_id,
                                                 const std::string& roadmap_id) {
  using Answer = absl::StatusOr<std::shared_ptr<const std::string>>;
  auto [promise, future] = Promise<Answer>();
  ledger.ReadProgress(learner_id, roadmap_id,
                      [to = std::move(promise)](Answer answer) { to->set_value(std::move(answer)); });
  const Answer answer = future.get();
  if (!answer.ok()) return answer.status();
  v1::GetRoadmapProgressResponse response;
  response.ParseFromString(**answer);
  return response.progress();
}

absl::StatusOr<HistoryPage> ReadHistory(Ledger& ledger, const std::string& learner_id, int64_t after_seq,
                                        int max_events) {
  using Answer = absl::StatusOr<HistoryPage>;
  auto [promise, future] = Promise<Answer>();
  ledger.ReadHistory(learner_id, after_seq, max_events,
                     [to = std::move(promise)](Answer answer) { to->set_value(std::move(answer)); });
  return future.get();
}

}  // namespace edirae::progress
