#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_STEPS_BELIEF_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_STEPS_BELIEF_H_

#include <array>
#include <cstdint>
#include <type_traits>

// What is believed of one learner and one concept, from right and wrong answers alone. Nobody knows how a given learner
// learns, so nine small models are believed in at once, each in the measure in which it predicted this learner:
//   graded        the concept has a strength, 0 to 1, which every answer raises; three rates
//   known or not  an answer may make it known; what was known may lapse and come back; three rates
//   lost          the same, but what is forgotten is lost and must be learned again; three rates
// Forgetting is common to all: retention after t days is (1 + t / (2 S s))^-1/2, with a stability S of the concept that
// answers change, and a scale s of the learner that is calibrated on answers on later days.
// Times are fractional days since the Unix epoch. Chosen by simulation: docs/adr/2026-11-28-next-steps.md.
namespace edirae::recommend::steps {

inline constexpr int kGradedModels = 3;
inline constexpr int kKnownModels = 3;
inline constexpr int kLostModels = 3;
inline constexpr int kModels = kGradedModels + kKnownModels + kLostModels;
inline constexpr int kStrengths = 15;  // a graded model's grid of strengths
inline constexpr int kScales = 5;      // candidates for a learner's scale of stability

// What is common to all concepts of one learner.
struct LearnerBelief {
  std::array<float, kModels> log_likelihood = {};        // of this learner's answers, newer ones weighing more
  std::array<float, kScales> scale_log_likelihood = {};  // of the answers on later days
  float stability_scale = 1;

  friend bool operator==(const LearnerBelief&, const LearnerBelief&) = default;
};

// Of a concept that was answered at least once. Probabilities are kept in units of 1/65535.
struct ConceptBelief {
  ConceptBelief();  // as before the first answer

  double last_days = 0;  // when the last answer was
  float stability;       // days
  float strength;        // expected, without forgetting, 0 to 1: the mean over the models
  int32_t day = 0;       // of the last answer
  uint16_t answers = 0;  // 65535 for more
  uint16_t correct = 0;  // of those
  uint8_t today = 0;     // answers on that day; 255 for more
  bool secure = false;   // learned, as far as one can tell: from here on it is reviewed
  std::array<std::array<uint16_t, kStrengths>, kGradedModels> graded;
  std::array<uint16_t, kKnownModels + kLostModels> known;

  int AnswersOn(int32_t of_day) const { return of_day == day ? today : 0; }
  friend bool operator==(const ConceptBelief&, const ConceptBelief&) = default;
};
static_assert(sizeof(ConceptBelief) == 128 && std::is_trivially_copyable_v<ConceptBelief>);

int32_t DayOf(double days);

// The share of the strength that is there at `now_days`, 0 to 1.
double Retention(const ConceptBelief& belief, double scale, double now_days);

// The chance of a right answer at an effective strength (strength times retention), guessing and slips included.
double ChanceOfSuccess(double effective_strength);

// When a secure concept falls due for review, for a learner of this scale: when its effective strength, and retention
// alone, have both fallen below their targets. The latter keeps reviews apart, as spacing is what makes them
// worthwhile.
double DueDays(const ConceptBelief& belief, double scale);

// Learns from an answer at `now_days`; time before the concept's last answer counts as that.
void ObserveAnswer(bool correct, double now_days, LearnerBelief& learner, ConceptBelief& belief);

}  // namespace edirae::recommend::steps

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_STEPS_BELIEF_H_
