#include "services/progress/adapters/store_history.h"

#include <future>
#include <utility>

#include "common/ids/ids.h"
#include "common/log/log.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "services/progress/adapters/pseudonym.h"
#include "services/progress/adapters/store_error.h"
#include "services/progress/domain/bus_event.h"
#include "services/progress/domain/timestamps.h"
#include "services/progress/errors.h"
#include "services/progress/limits.h"

namespace edirae::progress {
namespace {

process::TaskThread::Refusals HistoryRefusals() {
  return {.full = MakeError(absl::StatusCode::kResourceExhausted, reason::kQueueFull,
                            "too much is waiting; try again after a pause"),
          .stopping = MakeError(absl::StatusCode::kUnavailable, reason::kStopping, "progress is stopping")};
}

std::string Tombstone(const std::string& pseudonym, int64_t event_count, absl::Time now) {
  events::v1::LearnerEvent event;
  event.set_event_id(NewUuid7(now));
  event.set_learner_id(pseudonym);
  event.set_learner_seq(event_count + 1);
  event.set_partition(PartitionOf(pseudonym));
  *event.mutable_occur_time() = ToProto(now);
  *event.mutable_record_time() = ToProto(now);
  event.mutable_learner_erased()->set_event_count(event_count);
  return event.SerializeAsString();
}

absl::StatusOr<HistoryPage> ReadBusPage(EventStore& store, const std::string& pseudonym, int64_t after_seq,
                                        int max_events) {
  EDIRAE_ASSIGN_OR_RETURN(const auto learner_id, store.LearnerOf(pseudonym));
  HistoryPage page = {.events = {}, .last_returned_seq = after_seq, .as_of_seq = after_seq};
  EDIRAE_ASSIGN_OR_RETURN(const auto stored, store.ReadLearner(learner_id.value_or(kTombstoneMark + pseudonym),
                                                               after_seq, max_events, limits::kMaxPageBytes));
  events::v1::LearnerEvent event;
  for (const StoredEvent& one : stored) {
    if (!event.ParseFromString(one.payload)) return absl::DataLossError("a recorded event cannot be read");
    MakePseudonymous(event, pseudonym);
    page.events.push_back(event.SerializeAsString());
    page.as_of_seq = page.last_returned_seq = one.learner_seq;
  }
  if (!learner_id.has_value()) return page;
  EDIRAE_ASSIGN_OR_RETURN(page.as_of_seq, store.LastSeq(*learner_id));
  return page;
}

}  // namespace

StoreHistory::StoreHistory(EventStore& store, StoreLedger& ledger, const Clock& clock, Metrics& metrics,
                           std::function<void()> on_erasure)
    : store_(store),
      ledger_(ledger),
      clock_(clock),
      on_erasure_(std::move(on_erasure)),
      erasures_total_(metrics.Counter("edirae_progress_erasures_total", "Learners who were erased.")),
      reader_(limits::kMaxQueuedReads, HistoryRefusals()),
      eraser_(limits::kMaxQueuedErasures, HistoryRefusals()) {}

StoreHistory::~StoreHistory() { Stop(); }

void StoreHistory::Stop() {
  eraser_.Stop();
  reader_.Stop();
}

void StoreHistory::FindPseudonym(std::string learner_id, PseudonymDone done) {
  process::RunOn(reader_, std::move(done), [this, learner_id = std::move(learner_id)](PseudonymDone found) {
    auto pseudonym = store_.Pseudonym(learner_id);
    if (!pseudonym.ok()) return std::move(found)(StoreError(pseudonym.status()));
    std::move(found)(*std::move(pseudonym));
  });
}

void StoreHistory::ReadOnBus(std::string pseudonym, int64_t after_seq, int max_events, HistoryDone done) {
  process::RunOn(reader_, std::move(done),
                 [this, pseudonym = std::move(pseudonym), after_seq, max_events](HistoryDone read) {
                   auto page = ReadBusPage(store_, pseudonym, after_seq, max_events);
                   if (!page.ok()) return std::move(read)(StoreError(page.status()));
                   std::move(read)(*std::move(page));
                 });
}

void StoreHistory::Erase(std::string learner_id, std::string request_id, EraseDone done) {
  process::RunOn(eraser_, std::move(done),
                 [this, learner_id = std::move(learner_id), request_id = std::move(request_id)](EraseDone erased) {
                   auto erasure = EraseNow(learner_id, request_id);
                   if (absl::IsNotFound(erasure.status())) {
                     return std::move(erased)(MakeError(absl::StatusCode::kNotFound, reason::kLearnerNotFound,
                                                        "nothing is kept of this learner"));
                   }
                   if (erasure.ok()) return std::move(erased)(*std::move(erasure));
                   log::Error("an erasure failed and is to be asked for again", {{"error", erasure.status()}});
                   std::move(erased)(StoreError(erasure.status()));
                 });
}

absl::StatusOr<Erasure> StoreHistory::EraseNow(const std::string& learner_id, const std::string& request_id) {
  EraseCommand command{.learner_id = learner_id,
                       .receipt_key = ReceiptKey(learner_id, request_id),
                       .now = clock_.Now(),
                       .make_tombstone = {}};
  command.make_tombstone = [now = command.now](const std::string& pseudonym, int64_t event_count) {
    return Tombstone(pseudonym, event_count, now);
  };
  EDIRAE_ASSIGN_OR_RETURN(std::optional<Erasure> known, store_.FindErasure(command.receipt_key));
  if (known.has_value()) {
    EDIRAE_RETURN_IF_ERROR(store_.WipeErased());  // in case that the first answer was an error
    return *std::move(known);
  }
  on_erasure_();
  std::promise<absl::StatusOr<Erasure>> promise;
  ledger_.BetweenCommits([&] {
    auto erasure = store_.Erase(command);
    ledger_.Forget(learner_id);
    promise.set_value(std::move(erasure));
  });
  absl::StatusOr<Erasure> erasure = promise.get_future().get();
  on_erasure_();
  EDIRAE_RETURN_IF_ERROR(erasure.status());
  EDIRAE_RETURN_IF_ERROR(store_.WipeErased());
  erasures_total_.Increment();
  log::Info("a learner was erased", {{"events", erasure->event_count}});
  return erasure;
}

}  // namespace edirae::progress
