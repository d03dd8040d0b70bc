#ifndef EDIRAE_SERVICES_CATALOG_LIMITS_H_
#define EDIRAE_SERVICES_CATALOG_LIMITS_H_

#include <cstddef>
#include <cstdint>

#include "absl/time/time.h"

// Every bound of the catalog. Those of the transport and of lists are in common/rpc/limits.h.
namespace edirae::catalog::limits {

// Content as authors write it.
inline constexpr size_t kMaxFileBytes = 1024 * 1024;  // of one YAML file
inline constexpr int kMaxYamlDepth = 16;              // lists and mappings inside each other
inline constexpr size_t kMaxKeys = 64;                // of one mapping
inline constexpr size_t kMaxFiles = 5000;             // of a whole content folder
inline constexpr size_t kMaxRoadmaps = 50;            // of a whole content folder
inline constexpr size_t kMaxFindings = 200;           // shown of one load

inline constexpr int kMaxNamedOfCycle = 20;  // concepts of a circle of prerequisites

// Content as it is published.
inline constexpr size_t kMaxRoadmapBytes = 1000 * 1024;       // serialized; fits one part of a revision
inline constexpr size_t kMaxContentBytes = 64 * 1024 * 1024;  // serialized, of one revision
inline constexpr size_t kMaxLineLength = 120;                 // characters of a title
inline constexpr size_t kMaxSentencesLength = 400;            // characters of a summary
inline constexpr size_t kMaxTextLength = 8000;                // characters of Markdown
inline constexpr size_t kMaxChoiceLength = 2000;              // characters of a choice and of its feedback
inline constexpr int kMinChoices = 2;
inline constexpr int kMaxChoices = 8;
inline constexpr int kMaxQuestionConcepts = 8;  // that one question is evidence for
inline constexpr int kMinConceptMinutes = 5;
inline constexpr int kMaxConceptMinutes = 6000;
inline constexpr int kMaxMonths = 120;
inline constexpr int kMaxHoursPerWeek = 100;
inline constexpr int kMaxWeek = 520;
inline constexpr int64_t kMaxSalary = 1'000'000'000'000;  // whole units of any currency
inline constexpr int kMaxCriterionWindow = 64;            // answers

// Watching revisions.
inline constexpr size_t kMaxPartBytes = 1024 * 1024;  // of one message
inline constexpr size_t kMaxWatchers = 256;
inline constexpr absl::Duration kHeartbeat = absl::Seconds(10);  // of silence

}  // namespace edirae::catalog::limits

#endif  // EDIRAE_SERVICES_CATALOG_LIMITS_H_
