#include "services/progress/adapters/store_export.h"

#include <utility>
#include <vector>

#include "common/archive/tar_gz.h"
#include "common/ids/ids.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "edirae/events/v1/learner_event.pb.h"
#include "services/progress/adapters/sha256.h"
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
                   "the learner was erased since the first part of the archive");
}

}  // namespace

absl::StatusOr<ExportPlace> BeginExport(EventStore& store, const ExportOrder& order, absl::Time now) {
  ExportPlace place{.digest = std::string(kSha256Bytes, '\0'), .pseudonym = ""};
  EDIRAE_ASSIGN_OR_RETURN(place.end_seq, store.LastSeq(order.learner_id));
  if (place.end_seq == 0) {
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

absl::StatusOr<ExportPart> MakeExportPart(EventStore& store, const std::string& learner_id, const ExportPlace& place,
                                          absl::Time now) {
  EDIRAE_ASSIGN_OR_RETURN(
      auto events, store.ReadLearner(learner_id, place.after_seq, limits::kFoldPage, limits::kMaxExportPartBytes));
  EDIRAE_ASSIGN_OR_RETURN(const std::string pseudonym, store.Pseudonym(learner_id));
  if (pseudonym != place.pseudonym) return ErasedMeanwhile();
  std::erase_if(events, [&](const StoredEvent& event) { return event.learner_seq > place.end_seq; });
  if (events.empty()) return ErasedMeanwhile();
  std::vector<archive::File> files;
  if (place.part == 0) files.push_back({"README.txt", ArchiveReadme()});
  EDIRAE_ASSIGN_OR_RETURN(std::string lines, ArchiveEvents(events));
  ExportPlace next{.part = place.part + 1,
                   .after_seq = events.back().learner_seq,
                   .end_seq = place.end_seq,
                   .digest = Sha256Of(place.digest, lines),
                   .pseudonym = pseudonym};
  files.push_back({ArchiveEventsName(place.part), std::move(lines)});
  const bool last = next.after_seq == place.end_seq;
  if (last) files.push_back({"manifest.json", ArchiveManifest(learner_id, next, now)});
  ExportPart part{.bytes = archive::TarGzPiece(files, now, last), .next = std::nullopt};
  if (!last) part.next = std::move(next);
  return part;
}

}  // namespace edirae::progress
