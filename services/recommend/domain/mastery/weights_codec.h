#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_WEIGHTS_CODEC_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_WEIGHTS_CODEC_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "edirae/recommend/v1/mastery_weights.pb.h"
#include "services/recommend/domain/mastery/weights.h"

namespace edirae::recommend::mastery {

recommend::v1::MasteryWeights ToProto(const Weights& weights);
// INVALID_ARGUMENT for what ToProto cannot have made: another layout, places out of range or order, numbers that are
// not finite or beyond ±limits::kMaxWeight, too many items.
absl::StatusOr<Weights> FromProto(const recommend::v1::MasteryWeights& message);

// A weights file: the message in binary, the same bytes for the same weights.
std::string Encode(const Weights& weights);
// INVALID_ARGUMENT as FromProto, for what is no message, and past limits::kMaxWeightsBytes.
absl::StatusOr<Weights> Decode(absl::string_view bytes);

}  // namespace edirae::recommend::mastery

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_WEIGHTS_CODEC_H_
