#include "tests/simulation/oracle.h"

#include <limits>

#include "absl/strings/str_cat.h"
#include "edirae/progress/v1/progress_service.pb.h"
#include "services/progress/adapters/learner_cache.h"
#include "services/progress/domain/bus_event.h"
#include "services/recommend/domain/fold.h"
#include "services/recommend/testing/sample.h"

namespace edirae::simulation {
namespace {

using events::v1::LearnerEvent;

}  // namespace

void Oracle::Acknowledge(const std::string& learner_id, const std::string& request_id, const std::string& outcome) {
  const auto [known, is_new] = outcomes_.try_emplace({learner_id, request_id}, outcome);
  if (!is_new && known->second != outcome) Find(absl::StrCat("a retry of ", request_id, " got another answer"));
}

void Oracle::Refuse(const std::string& learner_id, const std::string& request_id) {
  refused_.insert({learner_id, request_id});
}

void Oracle::Erase(const std::string& learner_id) {
  erased_.insert(learner_id);
  std::erase_if(outcomes_, [&](const auto& told) { return told.first.first == learner_id; });
  std::erase_if(refused_, [&](const auto& request) { return request.first == learner_id; });
}

void Oracle::Show(const std::string& pseudonym, int64_t applied_seq) {
  int64_t& shown = shown_[pseudonym];
  if (applied_seq <= shown) Find(absl::StrCat("the consumer went from ", shown, " to ", applied_seq));
  shown = applied_seq;
}

void Oracle::CheckEnd(SimulatedStore& store, const SimulatedBus& bus, recommend::CheckpointStore& checkpoints) {
  ReadLedger(store);
  CheckAnswers(store);
  CheckFolds(store);
  CheckStream(bus);
  CheckConsumer(checkpoints);
}

void Oracle::ReadLedger(SimulatedStore& store) {
  const auto all = store.ReadCommitted(0, std::numeric_limits<int>::max());
  for (const progress::StoredEvent& stored : *all) {
    LearnerEvent event;
    if (!event.ParseFromString(stored.payload)) {
      Find(absl::StrCat("position ", stored.position, " is not an event"));
      continue;
    }
    const std::string learner_id = event.learner_id();
    if (erased_.contains(learner_id)) Find(absl::StrCat("erased and still there: ", learner_id));
    History& history = histories_[event.has_learner_erased() ? progress::kTombstoneMark + learner_id : learner_id];
    history.pseudonym = stored.pseudonym;
    const auto next = static_cast<int64_t>(history.events.size()) + 1;
    if (!event.has_learner_erased() && (event.learner_seq() != next || stored.learner_seq != next)) {
      Find(absl::StrCat(learner_id, " has place ", event.learner_seq(), " where ", next, " belongs"));
    }
    if (!event_ids_.insert(event.event_id()).second) Find(absl::StrCat("two events are ", event.event_id()));
    const bool is_action = !event.request_id().empty() && event.request_ordinal() == 0;
    if (is_action && !recorded_.try_emplace({learner_id, event.request_id()}, event.event_id()).second) {
      Find(absl::StrCat(event.request_id(), " was recorded twice"));
    }
    progress::MakePseudonymous(event, stored.pseudonym);
    history.events.push_back(std::move(event));
  }
}

void Oracle::CheckAnswers(SimulatedStore& store) {
  for (const auto& [request, outcome] : outcomes_) {
    progress::v1::ActionOutcome told;
    told.ParseFromString(outcome);
    const auto recorded = recorded_.find(request);
    if (recorded == recorded_.end() || recorded->second != told.event_id()) {
      Find(absl::StrCat("acknowledged and lost: ", request.second, " of ", request.first));
      continue;
    }
    const progress::RequestKey keys[] = {{request.first, request.second}};
    const auto stored = store.FindRequests(keys);
    if (!stored->at(0).has_value() || stored->at(0)->outcome != outcome) {
      Find(absl::StrCat("a retry of ", request.second, " would not get its answer"));
    }
  }
  for (const Request& request : refused_) {
    if (recorded_.contains(request)) Find(absl::StrCat("refused and recorded: ", request.second));
  }
}

void Oracle::CheckFolds(SimulatedStore& store) {
  for (const auto& [learner_id, history] : histories_) {
    if (learner_id[0] == progress::kTombstoneMark) continue;
    const auto folded = progress::FoldHistory(learner_id, store);
    if (!folded.ok()) Find(absl::StrCat(learner_id, " does not fold: ", folded.status().ToString()));
  }
}

void Oracle::CheckStream(const SimulatedBus& bus) {
  std::set<std::string> missing = event_ids_;
  for (const auto& [seq, id] : bus.Ids()) {
    missing.erase(id);
    if (!event_ids_.contains(id)) Find(absl::StrCat("the stream has at ", seq, " what the ledger lacks"));
  }
  if (!missing.empty()) Find(absl::StrCat("the stream lacks ", missing.size(), " events"));
}

void Oracle::CheckConsumer(recommend::CheckpointStore& checkpoints) {
  for (const auto& [learner_id, history] : histories_) {
    recommend::LearnerState expected;
    expected.learner_id = history.pseudonym;
    for (const LearnerEvent& event : history.events) {
      recommend::Fold(recommend::testing::SampleModels(), event, expected);
    }
    const auto saved = checkpoints.Load(history.pseudonym);
    if (!saved.ok() || *saved == nullptr) {
      Find(absl::StrCat("the consumer knows nothing of ", learner_id));
    } else if ((*saved)->applied_seq != expected.applied_seq) {
      Find(absl::StrCat("the consumer is at ", (*saved)->applied_seq, " of ", learner_id, ", the ledger at ",
                        expected.applied_seq));
    } else if (!(**saved == expected)) {
      Find(absl::StrCat("the consumer has folded ", learner_id, " otherwise"));
    }
  }
}

}  // namespace edirae::simulation
