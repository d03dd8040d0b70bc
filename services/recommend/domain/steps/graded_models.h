#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_STEPS_GRADED_MODELS_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_STEPS_GRADED_MODELS_H_

#include <array>
#include <cstdint>

#include "services/recommend/domain/steps/belief.h"
#include "services/recommend/domain/steps/model_update.h"

namespace edirae::recommend::steps {

inline constexpr double kGridStep = 0.25;  // of -log(1 - strength)

// The strengths of the grid: evenly spaced in -log(1 - strength).
const std::array<double, kStrengths>& Strengths();

// What the graded models make of an answer; `grids` are their probabilities of each strength, in units of 1 / kUnit.
std::array<Updated, kGradedModels> UpdateGraded(double retention, bool correct,
                                                std::array<std::array<uint16_t, kStrengths>, kGradedModels>& grids);

}  // namespace edirae::recommend::steps

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_STEPS_GRADED_MODELS_H_
