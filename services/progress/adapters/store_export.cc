#include "services/progress/adapters/store_export.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "common/archive/tar_gz.h"
#include "common/ids/ids.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "edirae/events/v1/learner_event.pb.h"
#include "services/progress/adapters/sha256.h"
#include "services/progress/adapters/store_acts.h"
#include "services/progress/domain/event_head.h"
#include "services/progress/domain/learner_archive.h"
#include "services/progress/errors.h"
#include "services/progress/limits.h"

namespace edirae::progress {
namespace {

constexpr uint64_t kExportDigest = 0x6578706f72740001;  // of the request: no action's digest but by chance of 2^-64

NewEvent ExportedEvent(const ExportOrder& order, int64_t seq, absl::Time now) {
  events::v1::LearnerEvent event;
  WriteHead({.event_id = NewUuid7(now),
             .learner_id = order.learner_id,
             .learner_seq = seq,
             .occur_time = now,
             .record_time = now},
            event);
  event.set_request_id(order.request_id);
  event.mutable_learner_exported()->set_by_administrator(order.by_administrator);
  return {order.learner_id, seq, event.SerializeAsString(), order.request_id, kExportDigest, ""};
}

absl::Status ErasedMeanwhile() {
  return MakeError(absl::StatusCode::kInvalidArgument, reason::kStalePageToken,
                   "the learner was erased since the first part of the archive, or the token is another's; begin anew");
}

// The next file of the history, and in `place` where it ends.
absl::StatusOr<archive::File> EventsFile(EventStore& store, const std::string& learner_id, ExportPlace& place) {
  EDIRAE_ASSIGN_OR_RETURN(
      auto events, store.ReadLearner(learner_id, place.after_seq, limits::kFoldPage, limits::kMaxExportPartBytes));
  std::erase_if(events, [&](const StoredEvent& event) { return event.learner_seq > place.end_seq; });
  if (events.empty()) return ErasedMeanwhile();
  place.after_seq = events.back().learner_seq;
  EDIRAE_ASSIGN_OR_RETURN(std::string lines, ArchiveEvents(events));
  return archive::File{ArchiveEventsName(place.event_files++), std::move(lines)};
}

// The next file of what the person did as a mentor, and in `place` where it ends.
absl::StatusOr<archive::File> ActsFile(EventStore& store, const ExportSubject& subject, ExportPlace& place) {
  std::vector<StoredEvent> acts;
  size_t bytes = 0;
  auto at = std::ranges::upper_bound(subject.acts, place.after_act);
  const auto end = std::ranges::upper_bound(subject.acts, place.end_act);
  for (; at != end && std::ssize(acts) < limits::kFoldPage && bytes < limits::kMaxExportPartBytes; ++at) {
    EDIRAE_ASSIGN_OR_RETURN(auto act, ReadAct(store, subject.learner_id, *at));
    place.after_act = *at;
    if (!act.has_value()) continue;
    bytes += act->stored.payload.size();
    acts.push_back(std::move(act->stored));
  }
  if (at == end) place.after_act = place.end_act;  // also when the last one is gone
  place.act_count += std::ssize(acts);
  EDIRAE_ASSIGN_OR_RETURN(std::string lines, ArchiveActs(acts));
  return archive::File{ArchiveActsName(place.act_files++), std::move(lines)};
}

}  // namespace

absl::StatusOr<ExportPlace> BeginExport(EventStore& store, const ExportOrder& order, const std::vector<int64_t>& acts,
                                        absl::Time now) {
  ExportPlace place{.digest = std::string(kSha256Bytes, '\0'), .pseudonym = ""};
  EDIRAE_ASSIGN_OR_RETURN(place.end_seq, store.LastSeq(order.learner_id));
  if (!acts.empty()) place.end_act = acts.back();
  EDIRAE_ASSIGN_OR_RETURN(const auto act, NewestAct(store, order.learner_id, acts));
  if (place.end_seq == 0 && !act.has_value()) {
    return MakeError(absl::StatusCode::kNotFound, reason::kLearnerNotFound, "nothing is kept of this learner");
  }
  const RequestKey keys[] = {{order.learner_id, order.request_id}};
  EDIRAE_ASSIGN_OR_RETURN(const auto stored, store.FindRequests(keys));
  if (!stored[0].has_value()) {
    const std::vector<NewEvent> events = {ExportedEvent(order, ++place.end_seq, now)};
    EDIRAE_RETURN_IF_ERROR(store.Append(events).status());
  } else if (stored[0]->digest != kExportDigest) {
    return MakeError(absl::StatusCode::kAlreadyExists, reason::kRequestIdReused,
                     "this request id was used for an action; take a new one", {{"request_id", order.request_id}});
  }
  EDIRAE_ASSIGN_OR_RETURN(place.pseudonym, store.Pseudonym(order.learner_id));
  return place;
}

absl::StatusOr<ExportPart> MakeExportPart(EventStore& store, const ExportSubject& subject, const ExportPlace& place,
                                          absl::Time now) {
  ExportPlace next = place;
  const bool of_history = place.after_seq < place.end_seq;
  EDIRAE_ASSIGN_OR_RETURN(archive::File file,
                          of_history ? EventsFile(store, subject.learner_id, next) : ActsFile(store, subject, next));
  // Looked at last: whoever was erased and began anew in between has another one.
  EDIRAE_ASSIGN_OR_RETURN(const std::string pseudonym, store.Pseudonym(subject.learner_id));
  if (pseudonym != place.pseudonym) return ErasedMeanwhile();
  next.digest = Sha256Of(place.digest, file.content);
  std::vector<archive::File> files;
  if (place.after_seq == 0) files.push_back({"README.txt", ArchiveReadme()});
  files.push_back(std::move(file));
  const bool last = next.after_seq == next.end_seq && next.after_act == next.end_act;
  if (last) files.push_back({"manifest.json", ArchiveManifest(subject.learner_id, next, now)});
  ExportPart part{.bytes = archive::TarGzPiece(files, now, last), .next = std::nullopt};
  if (!last) part.next = std::move(next);
  return part;
}

}  // namespace edirae::progress
