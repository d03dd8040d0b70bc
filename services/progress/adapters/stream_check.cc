#include "services/progress/adapters/stream_check.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/macros.h"
#include "edirae/events/v1/learner_event.pb.h"
#include "services/progress/adapters/cloud_event.h"
#include "services/progress/limits.h"

namespace edirae::progress {
namespace {

// Pseudonyms of which the stream may still have messages that the ledger has no more.
using Erased = std::set<std::string>;

absl::StatusOr<Erased> UnfinishedErasures(EventStore& store) {
  EDIRAE_ASSIGN_OR_RETURN(const auto unfinished, store.ReadUnfinishedErasures(limits::kErasuresLookedPast));
  Erased erased;
  for (const UnfinishedErasure& erasure : unfinished) erased.insert(erasure.pseudonym);
  return erased;
}

// The id of the first event of somebody not erased that progress published at `from` or, going by `step`, at most so
// many places further; empty when there is none up to `to`.
absl::StatusOr<std::string> IdOfProgress(EventStream& stream, const Erased& erased, uint64_t from, uint64_t to,
                                         int step) {
  uint64_t seq = from;
  for (uint64_t looked = 0; looked < limits::kStreamSample; ++looked, seq += static_cast<uint64_t>(step)) {
    const auto message = stream.GetMessage(seq);
    if (!message.ok() && !absl::IsNotFound(message.status())) return message.status();
    if (message.ok()) {
      std::string id = message->header("ce-id");
      const bool ours = message->header("ce-source") == kEventSource && !id.empty();
      if (ours && !erased.contains(message->header("ce-subject"))) return id;
    }
    if (seq == to) break;
  }
  return std::string();
}

// Takes out of `ids` those that the ledger has behind `position`. True when it was read to its end.
absl::StatusOr<bool> TakeOutKnown(EventStore& store, int64_t position, std::set<std::string>& ids) {
  int64_t searched = 0;
  while (!ids.empty() && searched < limits::kStreamSearchEvents) {
    EDIRAE_ASSIGN_OR_RETURN(const auto events, store.ReadCommitted(position, limits::kRelayReadPage));
    for (const StoredEvent& stored : events) {
      events::v1::LearnerEvent event;
      if (event.ParseFromString(stored.payload)) ids.erase(event.event_id());
      position = stored.position;
    }
    if (events.size() < static_cast<size_t>(limits::kRelayReadPage)) return true;
    searched += static_cast<int64_t>(events.size());
  }
  return false;
}

}  // namespace

absl::Status CheckLedgerKnowsStream(EventStream& stream, const nats::StreamState& state, EventStore& store,
                                    const RelayCursor& cursor) {
  const bool known_stream = absl::ToUnixNanos(state.created) == cursor.epoch;
  const uint64_t noted = known_stream ? static_cast<uint64_t>(cursor.stream_seq) : 0;
  const uint64_t first = std::max(state.first_seq, noted + 1);
  if (state.messages == 0 || first > state.last_seq) return absl::OkStatus();
  std::set<std::string> ids;
  EDIRAE_ASSIGN_OR_RETURN(const Erased erased, UnfinishedErasures(store));
  EDIRAE_ASSIGN_OR_RETURN(std::string oldest, IdOfProgress(stream, erased, first, state.last_seq, 1));
  EDIRAE_ASSIGN_OR_RETURN(std::string newest, IdOfProgress(stream, erased, state.last_seq, first, -1));
  for (std::string* id : {&oldest, &newest}) {
    if (!id->empty()) ids.insert(std::move(*id));
  }
  // What was published and not noted lies around the cursor.
  const int64_t around = std::max<int64_t>(0, cursor.position - static_cast<int64_t>(limits::kRelayWindow));
  EDIRAE_ASSIGN_OR_RETURN(const bool whole, TakeOutKnown(store, around, ids));
  if (ids.empty() || !whole) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat(
      "the stream ", kLearnerEventStream, " holds events that this ledger does not have, e.g. ", *ids.begin(),
      ": the ledger was restored from an older backup, or it is another one. Answers are recorded, and NOTHING IS "
      "PUBLISHED until the stream is gone. Remedy: stop recommend, remove its data folder, remove the stream (or the "
      "whole store of nats-server), start recommend; everything is then published again from the ledger. What the "
      "stream holds beyond the ledger is lost with it: see \"A restored ledger\" in docs/operations.md first"));
}

}  // namespace edirae::progress
