#ifndef EDIRAE_SERVICES_PROGRESS_DOMAIN_LEARNER_ARCHIVE_H_
#define EDIRAE_SERVICES_PROGRESS_DOMAIN_LEARNER_ARCHIVE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/progress/domain/event_store.h"
#include "services/progress/domain/history.h"

// What the files of an exported archive say; docs/privacy.md describes them for those who read them.
namespace edirae::progress {

// What the archive is, for the person that it is about.
std::string ArchiveReadme();

// Events, each a line of JSON (proto3's own mapping, names as in the contract). DATA_LOSS when one cannot be read.
absl::StatusOr<std::string> ArchiveEvents(const std::vector<StoredEvent>& events);

// Acts of a mentor, as ArchiveEvents, without whose work it was.
absl::StatusOr<std::string> ArchiveActs(const std::vector<StoredEvent>& acts);

// Names of the files of events and of acts, each counted from 0.
std::string ArchiveEventsName(int64_t file);
std::string ArchiveActsName(int64_t file);

// Who it is about, and what has to be there: `end` is the place of the last part, `digest` that of its files.
std::string ArchiveManifest(const std::string& learner_id, const ExportPlace& end, absl::Time now);

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_DOMAIN_LEARNER_ARCHIVE_H_
