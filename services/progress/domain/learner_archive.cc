#include "services/progress/domain/learner_archive.h"

#include <google/protobuf/util/json_util.h>

#include "absl/functional/function_ref.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "edirae/events/v1/learner_event.pb.h"

namespace edirae::progress {
namespace {

constexpr char kReadme[] = R"(This archive is everything that Edirae keeps of you.

events/000001.jsonl, events/000002.jsonl, ...
    Your history: everything you did, what was made of it, and what others did with your work, in order, one event a
    line, as JSON. What each event and field means: proto/edirae/events/v1/ of Edirae. No event is left out; a field
    that is false, 0 or empty is not written. Everything else that the platform shows you (mastery, gates, next steps)
    is computed from these events.
mentoring/000001.jsonl, ...
    Only for mentors: what you did with the work of others (claimed it, gave it back, reviewed it), with your words and
    without whose work it was.
manifest.json
    Who you are here (learner_id), who you are to those who analyse learning (pseudonym), when the archive was made,
    how many events and acts of a mentor it has, and a digest, by which you can tell that nothing is missing: SHA-256
    of 32 zero bytes and the first file of events, then of that digest and the next file, and so on, through events and
    mentoring.

Not in it: access logs of whoever runs the platform, and what only other services know of you, e.g. your account.
)";

// Events as lines of JSON, after `strip` has taken from each what is not to be shown.
absl::StatusOr<std::string> Lines(const std::vector<StoredEvent>& events,
                                  absl::FunctionRef<void(events::v1::LearnerEvent&)> strip) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  std::string lines;
  events::v1::LearnerEvent event;
  for (const StoredEvent& stored : events) {
    const bool whole = event.ParseFromString(stored.payload);
    strip(event);
    std::string line;
    if (!whole || !google::protobuf::util::MessageToJsonString(event, &line, options).ok()) {
      return absl::DataLossError(absl::StrCat("position ", stored.position, " is not an event"));
    }
    absl::StrAppend(&lines, line, "\n");
  }
  return lines;
}

}  // namespace

std::string ArchiveReadme() { return kReadme; }

absl::StatusOr<std::string> ArchiveEvents(const std::vector<StoredEvent>& events) {
  return Lines(events, [](events::v1::LearnerEvent&) {});
}

absl::StatusOr<std::string> ArchiveActs(const std::vector<StoredEvent>& acts) {
  return Lines(acts, [](events::v1::LearnerEvent& act) {
    act.clear_learner_id();
    act.clear_learner_seq();
    act.clear_partition();  // which follows from the learner's id
  });
}

std::string ArchiveEventsName(int64_t file) { return absl::StrFormat("events/%06d.jsonl", file + 1); }

std::string ArchiveActsName(int64_t file) { return absl::StrFormat("mentoring/%06d.jsonl", file + 1); }

std::string ArchiveManifest(const std::string& learner_id, const ExportPlace& end, absl::Time now) {
  // Ids and digests have no character that JSON would want escaped.
  return absl::StrCat("{\n  \"format\": \"edirae-learner/2\",\n  \"learner_id\": \"", learner_id,
                      "\",\n  \"pseudonym\": \"", end.pseudonym, "\",\n  \"export_time\": \"",
                      absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", now, absl::UTCTimeZone()),
                      "\",\n  \"event_count\": ", end.end_seq, ",\n  \"event_files\": ", end.event_files,
                      ",\n  \"mentor_act_count\": ", end.act_count, ",\n  \"mentoring_files\": ", end.act_files,
                      ",\n  \"digest\": \"", absl::BytesToHexString(end.digest), "\"\n}\n");
}

}  // namespace edirae::progress
