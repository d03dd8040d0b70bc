#ifndef EDIRAE_SERVICES_RECOMMEND_ADAPTERS_STATE_CODEC_H_
#define EDIRAE_SERVICES_RECOMMEND_ADAPTERS_STATE_CODEC_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/recommend/domain/learner_state.h"

// A learner's state as bytes. Version 6; `v` is a base-128 varint, `z` the difference from the value before as one (the
// sign in its lowest bit), `k` a key of 8 bytes, `b` a byte, `r` a value as it lies in memory (numbers little-endian,
// IEEE 754, no padding), `s` a varint and as many bytes:
//
//   b version   v applied_seq
//   v stages    { k }
//   v opened    { k  v last_seq }
//   v concepts  { k  v last_activity_ms  v outcomes  v answers  v correct  v distinct_correct  v distinct_unaided
//                 v hints  b flags: 1 mastered, 2 recall, 4 belief
//                 [r recall.card  v recall.due_ms]  [r belief]
//                 v evidence  { z the id's first 6 bytes, a time  its other 10 }
//                 v questions { k  v z last_seq << 3 | counted << 2 | unaided << 1 | right  [z counted_ms] }
//                 v cards     { k  v last_seq  r card  v due_ms } }
//   r belief    r calibration  r retention_permille
//   v known     { k }
//   v milestones { k  b standing  r event }
//   kept:       s goal [r goal_event]  s pins [r pins_event]  v goal_ms  v keep_ms  v passed_stages
//               v standings { r }   v known { k }
//   mastery:    r slow, fast, tendencies, surprise, recent_surprise, answers, correct, clock_seconds
//               v last_time_seconds  r last_item, last_concept, run, outcomes
//               v concepts { r }   v places, of 8 each b which are taken { r key, attempts, correct, outcomes }
//   k XXH64 of everything before
//
// Times begin at last_activity_ms. An event of an empty goal or of empty pins is left out. Another version is not read:
// states of another fold are made anew.
//
// The learner's id stands beside it, not in it.
namespace edirae::recommend {

std::string EncodeState(const LearnerState& state);

// DATA_LOSS for bytes that are damaged or of a version that this program does not know.
absl::StatusOr<LearnerState> DecodeState(absl::string_view learner_id, absl::string_view bytes);

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_ADAPTERS_STATE_CODEC_H_
