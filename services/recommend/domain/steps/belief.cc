#include "services/recommend/domain/steps/belief.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

#include "services/recommend/domain/steps/graded_models.h"
#include "services/recommend/domain/steps/model_update.h"

namespace edirae::recommend::steps {
namespace {

// Memory.
constexpr double kFirstStability = 3.73;  // days
constexpr double kLeastStability = 0.5;
constexpr double kMostStability = 400;
constexpr double kGrowth = 6.1;         // of stability by a right answer when nothing was left
constexpr double kFixedGrowth = 0.5;    // days
constexpr double kWrongShrinks = 0.71;  // stability, to this share
constexpr std::array<double, kScales> kScaleCandidates = {0.4, 0.63, 1, 1.6, 2.5};
constexpr double kScalePrior = 0.7;      // log-odds a candidate away from 1
constexpr double kScaleEvidence = 0.33;  // weight of an answer: the model is not the truth
constexpr double kLaterDay = 0.6;        // days after which an answer tells about forgetting
constexpr double kTellingStrength = 0.4;

// Answers.
constexpr double kGuess = 0.16;  // graded
constexpr double kCeiling = 0.94;
constexpr double kSteepness = 6.9;
constexpr double kGuessUnknown = 0.22;  // known or not, lost
constexpr double kRightWhenKnown = 0.91;

// Learning.
constexpr std::array<double, kKnownModels + kLostModels> kKnownRates = {0.5 * kRate, kRate,       1.7 * kRate,
                                                                        0.1 * kRate, 0.3 * kRate, kRate};
constexpr double kPriorDecay = 0.385;  // of the grid's prior, in the same unit
constexpr double kKnownBefore = 0.2;

// Mixture.
constexpr double kMemoryOfFit = 0.996;  // per answer
constexpr double kTemper = 0.5;         // of likelihoods: answers are not as independent as the models say
constexpr double kKnownPrior = 0.66;    // weight of a model that knows only known or not, against a graded one's

// Decisions.
constexpr double kSecureStrength = 0.75;  // expected, by graded models
constexpr double kSecureKnown = 0.9;      // probability, by the others: what is wrongly taken for known blocks the rest
constexpr double kHysteresis = 0.29;
constexpr double kReviewStrength = 0.844;   // effective, below which a review is worth its time
constexpr double kReviewRetention = 0.937;  // and above which one would come too soon to do any good

double FromUnits(uint16_t units) { return units / kUnit; }
// lrint is one instruction, unlike lround, which differs where a half is between two units.
uint16_t ToUnits(double probability) {
  return static_cast<uint16_t>(std::lrint(std::clamp(probability, 0.0, 1.0) * kUnit));
}

float LogChance(double chance_of_right, bool correct) { return LogOf(correct ? chance_of_right : 1 - chance_of_right); }

// `known` is the probability that the concept is known; `right_if_known` includes what forgetting does to that.
Updated UpdateKnown(double rate, double known, double right_if_known, bool correct, uint16_t& kept) {
  const double chance = known * right_if_known + (1 - known) * kGuessUnknown;
  const double posterior = known * (correct ? right_if_known : 1 - right_if_known) / (correct ? chance : 1 - chance);
  const double after = posterior + (1 - posterior) * rate;
  kept = ToUnits(after);
  return {LogChance(chance, correct), after};
}

std::array<Updated, kModels> UpdateModels(double retention, bool correct, ConceptBelief& belief) {
  std::array<Updated, kModels> updated;
  std::ranges::copy(UpdateGraded(retention, correct, belief.graded), updated.begin());
  size_t model = kGradedModels;
  for (int i = 0; i < kKnownModels + kLostModels; ++i) {
    const double known = FromUnits(belief.known[i]);
    if (i < kKnownModels) {
      const double there = std::max(retention, 0.3);
      const double right = kRightWhenKnown * there + kGuessUnknown * (1 - there);
      updated[model++] = UpdateKnown(kKnownRates[i], known, right, correct, belief.known[i]);
    } else {
      updated[model++] = UpdateKnown(kKnownRates[i], known * retention, kRightWhenKnown, correct, belief.known[i]);
    }
  }
  return updated;
}

// Sets strength and security to the mean over the models, each weighing what it has earned.
void Mix(const LearnerBelief& learner, const std::array<Updated, kModels>& updated, ConceptBelief& belief) {
  const float best = *std::max_element(learner.log_likelihood.begin(), learner.log_likelihood.end());
  double weights = 0;
  double strength = 0;
  double enough = 0;
  for (int i = 0; i < kModels; ++i) {
    const double weight = std::exp(static_cast<float>(kTemper) * (learner.log_likelihood[i] - best)) *
                          (i < kGradedModels ? 1 : kKnownPrior);
    weights += weight;
    strength += weight * updated[i].strength;
    enough += weight * (i < kGradedModels ? kSecureStrength : kSecureKnown);
  }
  belief.strength = static_cast<float>(strength / weights);
  enough /= weights;
  belief.secure = belief.strength >= (belief.secure ? enough - kHysteresis : enough);
}

void CalibrateScale(const ConceptBelief& belief, bool correct, double now_days, LearnerBelief& learner) {
  static const std::array<double, kScales> log_candidates = [] {
    std::array<double, kScales> logs;
    std::ranges::transform(kScaleCandidates, logs.begin(), [](double scale) { return std::log(scale); });
    return logs;
  }();
  std::array<double, kScales> log_weights{};
  for (int i = 0; i < kScales; ++i) {
    const double chance = ChanceOfSuccess(belief.strength * Retention(belief, kScaleCandidates[i], now_days));
    learner.scale_log_likelihood[i] += LogChance(chance, correct);
    log_weights[i] = kScaleEvidence * learner.scale_log_likelihood[i] - kScalePrior * std::abs(i - kScales / 2);
  }
  const double best = *std::max_element(log_weights.begin(), log_weights.end());
  double weights = 0;
  double log_scale = 0;
  for (int i = 0; i < kScales; ++i) {
    const double weight = std::exp(log_weights[i] - best);
    weights += weight;
    log_scale += weight * log_candidates[i];
  }
  learner.stability_scale = static_cast<float>(std::exp(log_scale / weights));
}

struct Prior {
  float strength;
  std::array<uint16_t, kStrengths> graded;
};

// Computed once: states begin concepts often.
const Prior& PriorOfConcept() {
  static const Prior prior = [] {
    Prior made{};
    std::array<double, kStrengths> weights{};
    double sum = 0;
    for (int i = 0; i < kStrengths; ++i) sum += weights[i] = std::exp(-i * kGridStep / kPriorDecay);
    double mean = 0;
    for (int i = 0; i < kStrengths; ++i) {
      mean += weights[i] / sum * Strengths()[i];
      made.graded[i] = ToUnits(weights[i] / sum);
    }
    made.strength = static_cast<float>(mean);
    return made;
  }();
  return prior;
}

}  // namespace

ConceptBelief::ConceptBelief() : stability(kFirstStability), strength(PriorOfConcept().strength) {
  graded.fill(PriorOfConcept().graded);
  known.fill(ToUnits(kKnownBefore));
}

int32_t DayOf(double days) { return static_cast<int32_t>(std::floor(days)); }

double Retention(const ConceptBelief& belief, double scale, double now_days) {
  const double elapsed = std::max(now_days - belief.last_days, 0.0);
  return 1 / std::sqrt(1 + 0.5 * elapsed / std::max(belief.stability * scale, 0.1));
}

double ChanceOfSuccess(double effective_strength) {
  return kGuess + (kCeiling - kGuess) / (1 + std::exp(-kSteepness * (effective_strength - 0.5)));
}

double DueDays(const ConceptBelief& belief, double scale) {
  const double fade = std::max(belief.strength / kReviewStrength, 1 / kReviewRetention);
  return belief.last_days + 2 * std::max(belief.stability * scale, 0.1) * (fade * fade - 1);
}

void ObserveAnswer(bool correct, double now_days, LearnerBelief& learner, ConceptBelief& belief) {
  const bool first = belief.answers == 0;
  const double retention = first ? 1 : Retention(belief, learner.stability_scale, now_days);
  if (!first && now_days - belief.last_days > kLaterDay && belief.strength > kTellingStrength) {
    CalibrateScale(belief, correct, now_days, learner);
  }
  const std::array<Updated, kModels> updated = UpdateModels(retention, correct, belief);
  for (int i = 0; i < kModels; ++i) {
    learner.log_likelihood[i] = static_cast<float>(kMemoryOfFit * learner.log_likelihood[i] + updated[i].log_chance);
  }
  Mix(learner, updated, belief);
  const double stability = belief.stability;
  belief.stability =
      static_cast<float>(correct ? std::min(stability * (1 + kGrowth * (1 - retention)) + kFixedGrowth, kMostStability)
                                 : std::max(stability * kWrongShrinks, kLeastStability));
  const double at_days = first ? now_days : std::max(now_days, belief.last_days);
  const int32_t day = DayOf(at_days);
  belief.today = static_cast<uint8_t>(std::min(belief.AnswersOn(day) + 1, 255));
  belief.day = day;
  belief.last_days = at_days;
  if (belief.answers < std::numeric_limits<uint16_t>::max()) {
    ++belief.answers;
    belief.correct += correct ? 1 : 0;
  }
}

}  // namespace edirae::recommend::steps
