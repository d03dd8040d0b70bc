#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_LEARNER_STATE_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_LEARNER_STATE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace edirae::recommend {

// XXH64 of an id. States name concepts, stages and items by it: 8 bytes instead of a string of up to 127, and it
// outlives the process. `Curriculum::Build` refuses a revision in which two ids share a key.
using IdKey = uint64_t;
IdKey KeyOf(absl::string_view id);

// Stage ids are unique in their roadmap only.
IdKey StageKeyOf(absl::string_view roadmap_id, absl::string_view stage_id);

// A question that was answered, or a card that was reviewed.
struct SeenItem {
  IdKey item = 0;
  int64_t last_seq = 0;    // place in the learner's history of the newest time
  bool succeeded = false;  // question: was right at least once; card: was recalled the last time

  friend bool operator==(const SeenItem&, const SeenItem&) = default;
};

// When a concept is to be recalled next. Times are Unix milliseconds.
struct Memory {
  int32_t step = 0;             // rung of the review ladder
  int64_t last_success_ms = 0;  // 0: never recalled
  int64_t due_ms = 0;           // 0: no review is planned

  bool planned() const { return due_ms != 0; }
  friend bool operator==(const Memory&, const Memory&) = default;
};

// What a learner did with one concept.
struct ConceptState {
  IdKey key = 0;
  int64_t last_activity_ms = 0;  // Unix milliseconds
  uint64_t outcomes = 0;         // newest answer in the lowest bit, 1 for right
  int32_t answers = 0;
  int32_t correct = 0;
  int32_t distinct_correct = 0;  // different questions that were right at least once
  bool mastered = false;
  Memory memory;
  std::vector<SeenItem> questions;  // in order of last_seq; the newest limits::kMaxSeenItems
  std::vector<SeenItem> cards;      // the same

  friend bool operator==(const ConceptState&, const ConceptState&) = default;
};

// Everything that is known of one learner: a fold of their events 1 to applied_seq, the same whatever catalog revision
// is held.
struct LearnerState {
  std::string learner_id;
  int64_t applied_seq = 0;
  std::vector<ConceptState> concepts;  // in order of key
  std::vector<IdKey> passed_stages;    // in the order of passing

  // Null when nothing happened with it yet.
  const ConceptState* Find(IdKey key) const;
  // Adds it when absent. The reference is valid until the next call.
  ConceptState& At(IdKey key);
  bool Passed(IdKey stage) const;

  friend bool operator==(const LearnerState&, const LearnerState&) = default;
};

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_LEARNER_STATE_H_
