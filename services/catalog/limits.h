#ifndef EDIRAE_SERVICES_CATALOG_LIMITS_H_
#define EDIRAE_SERVICES_CATALOG_LIMITS_H_

#include <cstddef>
#include <cstdint>

#include "absl/time/time.h"

// Every bound of the catalog. Those of the transport and of lists are in common/rpc/limits.h.
namespace edirae::catalog::limits {

// Content as authors write it.
inline constexpr size_t kMaxFileBytes = 1024 * 1024;  // of one file
inline constexpr int kMaxYamlDepth = 16;              // lists and mappings inside each other
inline constexpr size_t kMaxKeys = 64;                // of one mapping
inline constexpr size_t kMaxListEntries = 10'000;     // of one list
inline constexpr size_t kMaxFiles = 100'000;          // of a whole content folder
inline constexpr size_t kMaxEntries = 20'000;         // looked at of one folder
inline constexpr unsigned kMaxLoadThreads = 8;        // that read files
inline constexpr size_t kMaxRoadmaps = 50;            // of all content
inline constexpr size_t kMaxFindings = 200;           // shown of one load
inline constexpr size_t kMaxFindingLength = 1000;     // bytes of each of its parts
inline constexpr size_t kMaxSuggestions = 50;         // of what may have been meant, each costs a look at all ids

inline constexpr int kMaxNamedOfCycle = 20;  // concepts of a circle of prerequisites

// Content as it is published.
inline constexpr size_t kMaxRoadmapBytes = 1000 * 1024;        // serialized; fits one part of a revision
inline constexpr size_t kMaxContentBytes = 192 * 1024 * 1024;  // serialized, of one revision
inline constexpr size_t kMaxLineLength = 120;                  // characters of a title
inline constexpr size_t kMaxSentencesLength = 400;             // characters of a summary
inline constexpr size_t kMaxTextLength = 8000;                 // characters of Markdown
inline constexpr size_t kMaxChoiceLength = 2000;               // characters of a choice and of its feedback
inline constexpr size_t kMaxLessonLength = 40'000;             // characters of an explanation
inline constexpr size_t kMaxAnswerTextLength = 100;            // characters of a short text
inline constexpr size_t kMaxUnitLength = 40;                   // characters
inline constexpr size_t kMaxUriLength = 2000;                  // bytes
inline constexpr int kMinChoices = 2;
inline constexpr int kMaxChoices = 8;
inline constexpr int kMinItems = 3;  // to be put in order
inline constexpr int kMaxItems = 6;
inline constexpr int kMaxHints = 3;         // of a question
inline constexpr int kMaxAnswerTexts = 10;  // that are right, or wrong for one reason
inline constexpr int kMinWrongNumbers = 1;  // with a reason
inline constexpr int kMaxWrongNumbers = 4;
inline constexpr int kMaxWrongAnswers = 10;     // with a reason, of a short text or an order
inline constexpr int kMaxQuestionConcepts = 8;  // that one question is evidence for
inline constexpr int kMaxPrerequisites = 50;    // of a concept, and as many helpful ones
inline constexpr int kMaxMisconceptions = 12;   // of a concept
inline constexpr int kMaxResourceMinutes = 60'000;
inline constexpr int kMinMilestoneMinutes = 5;
inline constexpr int kMaxMilestoneMinutes = 60'000;
inline constexpr int kMaxMilestoneParts = 20;  // steps, evidence and criteria, each
inline constexpr int kMinLevels = 2;           // of a milestone's criterion
inline constexpr int kMaxLevels = 8;
inline constexpr int kMaxPoints = 100;
inline constexpr int kMaxRelatedRoadmaps = 10;
inline constexpr int kMinConceptMinutes = 5;
inline constexpr int kMaxConceptMinutes = 6000;
inline constexpr int kMaxMonths = 120;
inline constexpr int kMaxHoursPerWeek = 100;
inline constexpr int kMaxWeek = 520;
inline constexpr int64_t kMaxSalary = 1'000'000'000'000;  // whole units of any currency
inline constexpr int kMaxCriterionWindow = 64;            // answers
inline constexpr int kMaxRightAgainHours = 720;           // 30 days
inline constexpr int kMaxMigrations = 20'000;             // of one revision: every concept ever given up
inline constexpr int kMaxMigrationTargets = 20;           // of one concept

// Publishing.
inline constexpr size_t kMaxNoteBytes = 2000;
inline constexpr size_t kMaxAuthoringCalls = 64;       // that wait for the thread that reads and writes the store
inline constexpr int kMaxPublications = 4;             // whose content is being received
inline constexpr size_t kMaxRequestBytes = 64 * 1024;  // of a unary request

// Announcing revisions on the bus.
inline constexpr absl::Duration kAnnouncePoll = absl::Seconds(2);  // longest sleep without any news
inline constexpr absl::Duration kAnnounceAckTimeout = absl::Seconds(5);
inline constexpr absl::Duration kStreamMaxAge = absl::Hours(24 * 90);
inline constexpr int64_t kStreamMaxBytes = int64_t{16} << 20;  // tens of thousands of revisions

// Watching revisions.
inline constexpr size_t kMaxPartBytes = 1024 * 1024;  // of one message
inline constexpr size_t kMaxKnownRevisions = 16;      // that a change can be told of
inline constexpr int kMaxListRuns = 50'000;           // of one change; past it the whole is sent
inline constexpr size_t kMaxWatchers = 256;
inline constexpr absl::Duration kHeartbeat = absl::Seconds(10);  // of silence

}  // namespace edirae::catalog::limits

#endif  // EDIRAE_SERVICES_CATALOG_LIMITS_H_
