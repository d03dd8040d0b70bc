#include "services/progress/adapters/store_ledger.h"

#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "services/progress/adapters/store_error.h"
#include "services/progress/domain/explain.h"
#include "services/progress/domain/gate_view.h"
#include "services/progress/domain/refusal.h"
#include "services/progress/errors.h"
#include "services/progress/limits.h"

namespace edirae::progress {
namespace {

absl::StatusOr<HistoryPage> ReadPage(EventStore& store, const std::string& learner_id, int64_t after_seq,
                                     int max_events) {
  EDIRAE_ASSIGN_OR_RETURN(auto stored, store.ReadLearner(learner_id, after_seq, max_events, limits::kMaxPageBytes));
  EDIRAE_ASSIGN_OR_RETURN(const int64_t last, store.LastSeq(learner_id));
  HistoryPage page{.last_returned_seq = after_seq, .as_of_seq = last};
  for (StoredEvent& event : stored) {
    page.last_returned_seq = event.learner_seq;
    page.events.push_back(std::move(event.payload));
  }
  return page;
}

absl::Status RoadmapNotFound(const std::string& roadmap_id) {
  return MakeError(absl::StatusCode::kNotFound, reason::kRoadmapNotFound, "the catalog has no such roadmap",
                   {{"roadmap_id", roadmap_id}});
}

// A serialized `GetGateResponse`.
absl::StatusOr<std::shared_ptr<const std::string>> RenderGate(const IndexedRoadmap& roadmap,
                                                              const std::string& stage_id, const LearnerState& state,
                                                              const std::string& learner_id, int64_t revision) {
  const IndexedStage* stage = StageOfGate(roadmap, stage_id, state);
  if (stage == nullptr) return NoSuchStage(roadmap.content->roadmap_id(), stage_id);
  v1::GetGateResponse response;
  *response.mutable_gate() = GateInDetail(roadmap, *stage, state, learner_id, revision);
  return std::make_shared<const std::string>(response.SerializeAsString());
}

// A serialized `ExplainDecisionResponse`.
absl::StatusOr<std::shared_ptr<const std::string>> Explain(EventStore& store, const std::string& learner_id,
                                                           const std::string& event_id,
                                                           const RetainedContent& content) {
  DecisionReplay replay(event_id);
  events::v1::LearnerEvent event;
  while (!replay.done()) {
    const auto page = store.ReadLearner(learner_id, replay.last_seq(), limits::kFoldPage, limits::kMaxPageBytes);
    if (!page.ok()) return StoreError(page.status());
    if (page->empty()) break;
    for (const StoredEvent& stored : *page) {
      if (replay.done()) break;
      if (!event.ParseFromString(stored.payload)) {
        return absl::DataLossError(absl::StrCat("position ", stored.position, " is not an event"));
      }
      EDIRAE_RETURN_IF_ERROR(replay.Take(event));
    }
  }
  v1::ExplainDecisionResponse response;
  EDIRAE_ASSIGN_OR_RETURN(*response.mutable_explanation(), replay.Explain(content));
  return std::make_shared<const std::string>(response.SerializeAsString());
}

}  // namespace

StoreLedger::StoreLedger(EventStore& store, const CurrentContent& content, const Clock& clock, Metrics& metrics,
                         size_t cached_learners, std::function<void()> on_commit)
    : store_(store),
      content_(content),
      cache_(cached_learners),
      queue_(store, clock, metrics),
      writer_(store, cache_, content, queue_, clock, metrics, std::move(on_commit)),
      reader_("ledger-reader", limits::kMaxQueuedReads, ReaderRefusals()) {}

StoreLedger::~StoreLedger() { Stop(); }

void StoreLedger::Stop() {
  reader_.Stop();
  writer_.Stop();
  queue_.Stop();
}

void StoreLedger::Record(RecordCommand command, RecordDone done) {
  if (content_.Get() == nullptr) return std::move(done)(NoCatalog());
  std::vector<uint64_t> digests;
  digests.reserve(static_cast<size_t>(command.request->actions_size()));
  for (const auto& action : command.request->actions()) digests.push_back(ActionDigest(action));
  if (cache_.Find(command.request->learner_id()) != nullptr) {
    return writer_.Enqueue({std::move(command), std::move(digests), std::move(done)});
  }
  // A long history is folded here, so that the writer does not keep everybody waiting with it.
  process::RunOn(reader_, std::move(done),
                 [this, command = std::move(command), digests = std::move(digests)](RecordDone recorded) mutable {
                   const auto loaded = cache_.FindOrLoad(command.request->learner_id(), store_);
                   if (!loaded.ok()) return std::move(recorded)(StoreError(loaded.status()));
                   writer_.Enqueue({std::move(command), std::move(digests), std::move(recorded)});
                 });
}

LearnerCache::Snapshot StoreLedger::AtHand(const std::string& learner_id) {
  return store_.shared() ? nullptr : cache_.Find(learner_id);
}

absl::StatusOr<LearnerCache::Snapshot> StoreLedger::Newest(const std::string& learner_id) {
  if (!store_.shared()) return cache_.FindOrLoad(learner_id, store_);
  EDIRAE_ASSIGN_OR_RETURN(const int64_t end, store_.LastSeq(learner_id));
  cache_.FollowErasures(store_.seen_erasures());
  return cache_.FindFresh(learner_id, end, store_);
}

void StoreLedger::ReadProgress(std::string learner_id, std::string roadmap_id, ProgressDone done) {
  std::shared_ptr<const ContentIndex> content = content_.Get();
  if (content == nullptr) return std::move(done)(NoCatalog());
  const IndexedRoadmap* roadmap = content->FindRoadmap(roadmap_id);
  if (roadmap == nullptr) return std::move(done)(RoadmapNotFound(roadmap_id));
  if (const auto snapshot = AtHand(learner_id)) {
    return std::move(done)(snapshot->Progress(learner_id, *roadmap, *content));
  }
  process::RunOn(reader_, std::move(done),
                 [this, learner_id = std::move(learner_id), content = std::move(content), roadmap](ProgressDone read) {
                   const auto snapshot = Newest(learner_id);
                   if (!snapshot.ok()) return std::move(read)(StoreError(snapshot.status()));
                   std::move(read)((*snapshot)->Progress(learner_id, *roadmap, *content));
                 });
}

void StoreLedger::ReadGate(std::string learner_id, std::string roadmap_id, std::string stage_id, GateDone done) {
  std::shared_ptr<const ContentIndex> content = content_.Get();
  if (content == nullptr) return std::move(done)(NoCatalog());
  const IndexedRoadmap* roadmap = content->FindRoadmap(roadmap_id);
  if (roadmap == nullptr) return std::move(done)(RoadmapNotFound(roadmap_id));
  if (const auto snapshot = AtHand(learner_id)) {
    return std::move(done)(RenderGate(*roadmap, stage_id, snapshot->state(), learner_id, content->revision()));
  }
  process::RunOn(
      reader_, std::move(done),
      [this, learner_id = std::move(learner_id), stage_id = std::move(stage_id), content = std::move(content),
       roadmap](GateDone read) {
        const auto snapshot = Newest(learner_id);
        if (!snapshot.ok()) return std::move(read)(StoreError(snapshot.status()));
        std::move(read)(RenderGate(*roadmap, stage_id, (*snapshot)->state(), learner_id, content->revision()));
      });
}

void StoreLedger::ExplainDecision(std::string learner_id, std::string event_id, ExplanationDone done) {
  std::shared_ptr<const RetainedContent> content = content_.GetAll();
  if (content == nullptr) return std::move(done)(NoCatalog());
  process::RunOn(
      reader_, std::move(done),
      [this, learner_id = std::move(learner_id), event_id = std::move(event_id), content = std::move(content)](
          ExplanationDone explained) { std::move(explained)(Explain(store_, learner_id, event_id, *content)); });
}

void StoreLedger::ReadHistory(std::string learner_id, int64_t after_seq, int max_events, HistoryDone done) {
  process::RunOn(reader_, std::move(done),
                 [this, learner_id = std::move(learner_id), after_seq, max_events](HistoryDone read) {
                   auto page = ReadPage(store_, learner_id, after_seq, max_events);
                   if (!page.ok()) return std::move(read)(StoreError(page.status()));
                   std::move(read)(*std::move(page));
                 });
}

}  // namespace edirae::progress
