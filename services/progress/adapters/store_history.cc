#include "services/progress/adapters/store_history.h"

#include <future>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/log/log.h"
#include "common/process/this_thread.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "services/progress/adapters/pseudonym.h"
#include "services/progress/adapters/store_acts.h"
#include "services/progress/adapters/store_error.h"
#include "services/progress/adapters/store_export.h"
#include "services/progress/domain/bus_event.h"
#include "services/progress/domain/mentor_acts.h"
#include "services/progress/domain/timestamps.h"
#include "services/progress/domain/tombstone.h"
#include "services/progress/errors.h"
#include "services/progress/limits.h"

namespace edirae::progress {
namespace {

constexpr size_t kErasedNameBytes = 16;

process::TaskThread::Refusals HistoryRefusals() {
  return {.full = MakeError(absl::StatusCode::kResourceExhausted, reason::kQueueFull,
                            "too much is waiting; try again after a pause"),
          .stopping = MakeError(absl::StatusCode::kUnavailable, reason::kStopping, "progress is stopping")};
}

// What has a reason is no failure of the store.
absl::Status HistoryError(const absl::Status& status) {
  return ErrorInfoOf(status).reason().empty() ? StoreError(status) : status;
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

// An event that names `mentor_id` as a mentor, with `name` instead, and notes whose history it is of; nothing for
// others.
std::optional<std::string> WithoutMentor(const std::string& payload, const std::string& mentor_id,
                                         const std::string& name, absl::flat_hash_set<std::string>& reviewed) {
  events::v1::LearnerEvent event;
  if (!event.ParseFromString(payload) || MentorOf(event) != mentor_id) return std::nullopt;
  reviewed.insert(event.learner_id());
  RenameMentor(event, name);
  return event.SerializeAsString();
}

}  // namespace

StoreHistory::StoreHistory(EventStore& store, StoreLedger& ledger, const Clock& clock, Metrics& metrics,
                           std::function<void()> on_erasure)
    : store_(store),
      ledger_(ledger),
      clock_(clock),
      on_erasure_(std::move(on_erasure)),
      erasures_total_(metrics.Counter("edirae_progress_erasures_total", "Learners who were erased.")),
      reader_("history-reader", limits::kMaxQueuedReads, HistoryRefusals()),
      eraser_("eraser", limits::kMaxQueuedErasures, HistoryRefusals()),
      prover_("erasure-prover", limits::kMaxQueuedErasures, HistoryRefusals()) {}

StoreHistory::~StoreHistory() { Stop(); }

void StoreHistory::Stop() {
  stopping_ = true;
  eraser_.Stop();
  prover_.Stop();
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

void StoreHistory::Export(ExportOrder order, ExportDone done) {
  process::RunOn(reader_, std::move(done), [this, order = std::move(order)](ExportDone exported) {
    auto part = ExportNow(order);
    if (part.ok()) return std::move(exported)(*std::move(part));
    std::move(exported)(HistoryError(part.status()));
  });
}

absl::StatusOr<ExportPart> StoreHistory::ExportNow(const ExportOrder& order) {
  EDIRAE_RETURN_IF_ERROR(ledger_.queue().CatchUp());
  EDIRAE_ASSIGN_OR_RETURN(const KnownActs known, ledger_.queue().ActsOf(order.learner_id));
  const std::vector<int64_t>& acts = known.positions;
  if (order.place.has_value()) return MakeExportPart(store_, {order.learner_id, acts}, *order.place, clock_.Now());
  absl::StatusOr<ExportPlace> begun;
  for (int attempt = 0; attempt < limits::kExportAttempts; ++attempt) {
    std::promise<absl::StatusOr<ExportPlace>> promise;
    ledger_.BetweenCommits([&] {
      auto place = BeginExport(store_, order, acts, clock_.Now());
      ledger_.DropState(order.learner_id);
      promise.set_value(std::move(place));
    });
    begun = promise.get_future().get();
    if (!absl::IsAborted(begun.status())) break;
  }
  if (!begun.ok()) return begun.status();
  return MakeExportPart(store_, {order.learner_id, acts}, *begun, clock_.Now());
}

void StoreHistory::Erase(EraseOrder order, EraseDone done) {
  process::RunOn(eraser_, std::move(done), [this, order = std::move(order)](EraseDone erased) {
    auto erasure = EraseNow(order);
    if (absl::IsNotFound(erasure.status()) && ErrorInfoOf(erasure.status()).reason().empty()) {
      return std::move(erased)(
          MakeError(absl::StatusCode::kNotFound, reason::kLearnerNotFound, "nothing is kept of this learner"));
    }
    if (erasure.ok()) return std::move(erased)(*std::move(erasure));
    if (absl::IsNotFound(erasure.status())) return std::move(erased)(erasure.status());
    log::Error("an erasure failed and is to be asked for again", {{"error", erasure.status()}});
    std::move(erased)(HistoryError(erasure.status()));
  });
}

absl::StatusOr<Erasure> StoreHistory::EraseNow(const EraseOrder& order) {
  const bool by_pseudonym = !order.pseudonym.empty();
  const std::string receipt_key =
      ReceiptKey(by_pseudonym ? kTombstoneMark + order.pseudonym : order.learner_id, order.request_id);
  EDIRAE_ASSIGN_OR_RETURN(std::optional<Erasure> known, store_.FindErasure(receipt_key));
  if (known.has_value()) {
    EDIRAE_RETURN_IF_ERROR(store_.WipeErased());  // in case that the first answer was an error
    if (!by_pseudonym) Prove(order.learner_id, receipt_key, *known);
    return *std::move(known);
  }
  if (order.receipt_only) {
    return MakeError(absl::StatusCode::kNotFound, reason::kErasureNotFound, "nobody was erased by this request");
  }
  if (!by_pseudonym) return EraseLearner(order.learner_id, receipt_key);
  EDIRAE_ASSIGN_OR_RETURN(const std::optional<std::string> learner_id, store_.LearnerOf(order.pseudonym));
  if (!learner_id.has_value()) return absl::NotFoundError("nobody has this pseudonym");
  return EraseLearner(*learner_id, receipt_key);
}

absl::StatusOr<Erasure> StoreHistory::EraseLearner(const std::string& learner_id, const std::string& receipt_key) {
  EDIRAE_ASSIGN_OR_RETURN(Erasure erasure, Forget(learner_id, receipt_key, std::nullopt));
  EDIRAE_RETURN_IF_ERROR(store_.WipeErased());
  Prove(learner_id, receipt_key, erasure);
  return erasure;
}

absl::Status StoreHistory::ForgetInactive(const std::string& learner_id, int64_t last_seq, absl::Time inactive_since) {
  EDIRAE_RETURN_IF_ERROR(ledger_.queue().CatchUp());
  EDIRAE_ASSIGN_OR_RETURN(const KnownActs acts, ledger_.queue().ActsOf(learner_id));
  EDIRAE_ASSIGN_OR_RETURN(const auto act, NewestAct(store_, learner_id, acts.positions));
  if (act.has_value() && FromProto(act->event.record_time()) >= inactive_since) {
    return absl::AbortedError("the learner has reviewed since");
  }
  const std::string day = absl::FormatTime("%Y-%m-%d", clock_.Now(), absl::UTCTimeZone());
  return Forget(learner_id, ReceiptKey(learner_id, absl::StrCat("inactive-", day)), last_seq).status();
}

absl::StatusOr<Erasure> StoreHistory::Forget(const std::string& learner_id, const std::string& receipt_key,
                                             std::optional<int64_t> only_at_seq) {
  EraseCommand command{.learner_id = learner_id,
                       .receipt_key = receipt_key,
                       .now = clock_.Now(),
                       .make_tombstone = {},
                       .only_at_seq = only_at_seq};
  command.make_tombstone = [now = command.now](const std::string& pseudonym, int64_t event_count) {
    return Tombstone(pseudonym, event_count, now);
  };
  absl::flat_hash_set<std::string> reviewed;  // whose states know the learner as a mentor
  // Not the pseudonym: whoever knows who reviewed their work would know that mentor's on the bus.
  const std::string name = kErasedMentorMark + absl::BytesToHexString(NewLearnerKey().substr(0, kErasedNameBytes));
  command.rename_mentor = [&](const std::string& payload) {
    return WithoutMentor(payload, learner_id, name, reviewed);
  };
  on_erasure_();
  std::promise<absl::StatusOr<Erasure>> promise;
  ledger_.BetweenCommits([&] { promise.set_value(EraseBetweenCommits(command, reviewed)); });
  absl::StatusOr<Erasure> erasure = promise.get_future().get();
  on_erasure_();
  EDIRAE_RETURN_IF_ERROR(erasure.status());
  erasures_total_.Increment();
  // The pseudonym, which is nobody's any more, is what an operator needs if an older ledger is ever restored.
  log::Info("a learner was erased", {{"pseudonym", erasure->pseudonym},
                                     {"events", erasure->event_count},
                                     {"mentor_acts", erasure->mentor_act_count}});
  return erasure;
}

absl::StatusOr<Erasure> StoreHistory::EraseBetweenCommits(EraseCommand& command,
                                                          const absl::flat_hash_set<std::string>& reviewed) {
  EDIRAE_ASSIGN_OR_RETURN(KnownActs acts, ledger_.queue().ActsOf(command.learner_id));
  command.act_positions = std::move(acts.positions);
  command.acts_known_to = acts.known_to;
  auto erasure = store_.Erase(command);
  if (!erasure.ok()) {
    ledger_.DropState(command.learner_id);  // it may have happened all the same
    return erasure;
  }
  ledger_.Forget(command.learner_id, reviewed);
  return erasure;
}

void StoreHistory::Prove(const std::string& learner_id, const std::string& receipt_key, const Erasure& erasure) {
  if (erasure.proof.has_value()) return;
  process::TaskThread::Task task = [this, learner_id, receipt_key, position = erasure.tombstone_position] {
    process::YieldToForeground();
    const auto known = store_.FindErasure(receipt_key);
    if (known.ok() && known->has_value() && (*known)->proof.has_value()) return;  // whoever asked before had it made
    auto proof = LookFor(learner_id, position);
    const absl::Status status = proof.ok() ? store_.SaveProof(receipt_key, *proof) : proof.status();
    if (!status.ok() && !stopping_) log::Error("an erasure is not proven", {{"error", status}});
  };
  prover_.Submit(task).IgnoreError();
}

absl::StatusOr<ErasureProof> StoreHistory::LookFor(const std::string& learner_id, int64_t tombstone_position) {
  ErasureProof proof;
  int64_t position = 0;
  events::v1::LearnerEvent event;
  while (position < tombstone_position) {
    if (stopping_) return absl::UnavailableError("progress is stopping");
    EDIRAE_ASSIGN_OR_RETURN(const auto page, store_.ReadCommitted(position, limits::kFoldPage));
    if (page.empty()) break;
    for (const StoredEvent& stored : page) {
      position = stored.position;
      if (position >= tombstone_position) break;
      if (!event.ParseFromString(stored.payload)) return absl::DataLossError("a recorded event cannot be read");
      if (event.learner_id() == learner_id || MentorOf(event) == learner_id) {
        return absl::DataLossError(absl::StrCat("position ", position, " names a learner who was erased"));
      }
      ++proof.event_count;
    }
  }
  proof.verify_time = clock_.Now();
  return proof;
}

}  // namespace edirae::progress
