#ifndef EDIRAE_SERVICES_RECOMMEND_ADAPTERS_STATE_CODEC_H_
#define EDIRAE_SERVICES_RECOMMEND_ADAPTERS_STATE_CODEC_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/recommend/domain/learner_state.h"

// A learner's state as bytes. Version 1; `v` is a base-128 varint, `k` a key of 8 bytes, `b` a byte, integers
// little-endian:
//
//   b version   v applied_seq
//   v stages    { k }
//   v concepts  { k  v last_activity_ms  v outcomes  v answers  v correct  v distinct_correct  b mastered
//                 b step  v last_success_ms  v due_ms
//                 v questions { k  v last_seq << 1 | succeeded }
//                 v cards     { k  v last_seq << 1 | succeeded } }
//   k XXH64 of everything before
//
// The learner's id stands beside it, not in it.
namespace edirae::recommend {

std::string EncodeState(const LearnerState& state);

// DATA_LOSS for bytes that are damaged or of a version that this program does not know.
absl::StatusOr<LearnerState> DecodeState(absl::string_view learner_id, absl::string_view bytes);

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_ADAPTERS_STATE_CODEC_H_
