#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_LEARNER_STATE_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_LEARNER_STATE_H_

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/recommend/domain/copy_on_write.h"
#include "services/recommend/domain/mastery/model.h"
#include "services/recommend/domain/memory/calibration.h"
#include "services/recommend/domain/memory/card.h"
#include "services/recommend/domain/steps/belief.h"

namespace edirae::recommend {

// XXH64 of an id. States name concepts, stages and items by it: 8 bytes instead of a string of up to 127, and it
// outlives the process. `Curriculum::Build` refuses a revision in which two ids share a key.
using IdKey = uint64_t;
IdKey KeyOf(absl::string_view id);

// Stage ids are unique in their roadmap only.
IdKey StageKeyOf(absl::string_view roadmap_id, absl::string_view stage_id);

// The UUID of an event as its bytes; all 0 for none.
using EventId = std::array<uint8_t, 16>;
inline constexpr size_t kIdTimeBytes = 6;  // of a UUID of version 7: Unix milliseconds, the highest byte first
// From its text; none when that is not a UUID.
EventId ParseEventId(absl::string_view text);
std::string FormatEventId(const EventId& id);
// When the event was recorded, in Unix milliseconds: a UUID of version 7 begins with its time.
int64_t TimeMsOf(const EventId& id);

// What is remembered by FSRS: of a card, or of a mastered concept.
struct Recall {
  memory::Card card;
  int64_t due_ms = 0;  // Unix milliseconds; 0: no review is planned

  bool planned() const { return due_ms != 0; }
  friend bool operator==(const Recall&, const Recall&) = default;
};

// A question that was answered.
struct SeenQuestion {
  IdKey item = 0;
  int64_t last_seq : 48 = 0;  // place in the learner's history of the newest answer
  bool right = false;         // at least once, since a lapse
  bool unaided = false;       // at least once right without a hint, since a lapse
  int64_t counted_ms = 0;     // when the ledger recorded the newest one that counted; 0: none did

  friend bool operator==(const SeenQuestion&, const SeenQuestion&) = default;
};
static_assert(sizeof(SeenQuestion) == 24, "there are as many as learners times questions");

// A card that was reviewed.
struct SeenCard {
  IdKey item = 0;
  int64_t last_seq = 0;  // place in the learner's history of the newest review
  Recall recall;

  friend bool operator==(const SeenCard&, const SeenCard&) = default;
};

// A resource that was opened.
struct OpenedResource {
  IdKey item = 0;
  int64_t last_seq = 0;

  friend bool operator==(const OpenedResource&, const OpenedResource&) = default;
};

// What has become of a milestone.
enum class MilestoneStanding : uint8_t {
  kNone = 0,  // not handed in, or taken back
  kHandedIn = 1,
  kReturned = 2,  // to be improved
  kApproved = 3,  // for ever
};

struct KeptMilestone {
  IdKey key = 0;
  MilestoneStanding standing = MilestoneStanding::kNone;
  EventId event = {};  // that says so

  friend bool operator==(const KeptMilestone&, const KeptMilestone&) = default;
};

// What a learner did with one concept. An answer counts unless the ledger says that it is no evidence; it counts as
// right when it was right without a hint.
struct ConceptState {
  IdKey key = 0;
  int64_t last_activity_ms = 0;  // Unix milliseconds
  uint64_t outcomes = 0;         // newest answer in the lowest bit, 1 for right
  int32_t answers = 0;
  int32_t correct = 0;
  int32_t distinct_correct = 0;  // different questions that were right at least once, with or without a hint
  int32_t distinct_unaided = 0;  // the same, without a hint
  int32_t hints = 0;             // that were shown
  bool mastered = false;
  Recall recall;                        // of the whole concept, from mastery on
  steps::ConceptBelief belief;          // how well it is known
  std::vector<EventId> evidence;        // the newest limits::kMaxEvidence events that say something, oldest first
  std::vector<SeenQuestion> questions;  // in order of last_seq; the newest limits::kMaxSeenItems
  std::vector<SeenCard> cards;          // the same

  friend bool operator==(const ConceptState&, const ConceptState&) = default;
};

// A concept of a learner. States that follow one another share what did not change between them.
struct KeptConcept {
  IdKey key = 0;  // beside the state, so that a look-up reads little memory
  CopyOnWrite<ConceptState> state;

  friend bool operator==(const KeptConcept&, const KeptConcept&) = default;
};

// What a concept was like when a track was kept.
struct KeptStanding {
  IdKey key = 0;
  float strength = 0;     // as of its belief
  uint32_t mastered = 0;  // 1 or 0

  friend bool operator==(const KeptStanding&, const KeptStanding&) = default;
};
static_assert(sizeof(KeptStanding) == 16);

// A track as it is kept: what the learner wants, and where they stood when they said so, from which the way as it was
// can be planned again.
struct KeptTrack {
  std::string goal;           // a serialized events.v1.GoalSet; empty when none is set
  std::string pins;           // a serialized events.v1.ConceptsPinned
  EventId goal_event = {};    // that said the goal
  EventId pins_event = {};    // that said the pins
  int64_t goal_ms = 0;        // when the ledger recorded the goal, Unix milliseconds
  int64_t keep_ms = 0;        // the same of the newest of both
  int32_t passed_stages = 0;  // the first so many of the learner's
  std::vector<KeptStanding>
      standings;             // of concepts that were mastered or answered, in order of key; none without a goal
  std::vector<IdKey> known;  // what the learner said to know well, in order

  friend bool operator==(const KeptTrack&, const KeptTrack&) = default;
};

// Everything that is known of one learner: a fold of their events 1 to applied_seq, the same whatever catalog revision
// is held. Bounded: at most limits::kMaxConceptsPerLearner concepts, each with bounded lists. A copy takes some bytes
// of each concept and question, and nothing of what is remembered of them.
struct LearnerState {
  std::string learner_id;
  int64_t applied_seq = 0;
  std::vector<KeptConcept> concepts;   // in order of key
  std::vector<IdKey> passed_stages;    // in the order of passing
  std::vector<OpenedResource> opened;  // in order of last_seq; the newest limits::kMaxOpenedResources
  mastery::LearnerState mastery = mastery::NewLearner();
  steps::LearnerBelief belief;
  memory::Calibration calibration;
  std::vector<IdKey> known;  // concepts that the learner says to know well, in order; at most limits::kMaxGoalConcepts
  std::vector<KeptMilestone> milestones;  // with which something happened, in order of key; at most kMaxMilestones
  CopyOnWrite<KeptTrack> kept;
  uint16_t retention_permille = limits::kDefaultRetentionPermille;  // the chance of recall when a review falls due

  // Null when nothing happened with it yet.
  const ConceptState* Find(IdKey key) const;
  // To be changed. Adds it when absent; null when there is no room for another. Valid until the next call or a copy.
  ConceptState* At(IdKey key);
  bool Passed(IdKey stage) const;
  // Null when nothing happened with it yet.
  const KeptMilestone* FindMilestone(IdKey key) const;
  double retention() const { return retention_permille / 1000.0; }

  friend bool operator==(const LearnerState&, const LearnerState&) = default;
};

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_LEARNER_STATE_H_
