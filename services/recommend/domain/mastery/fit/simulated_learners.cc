#include "services/recommend/domain/mastery/fit/simulated_learners.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>

namespace edirae::recommend::mastery {
namespace {

constexpr int64_t kStart = 1'700'000'000;  // Unix seconds
constexpr double kDay = 86'400;
constexpr uint32_t kBranch = 6;  // concepts in a row, each the prerequisite of the next

// Distributions of our own, because those of the standard library differ from one to the next.
class Dice {
 public:
  explicit Dice(uint64_t seed) : bits_(seed) {}

  uint64_t Bits() { return bits_(); }
  double Uniform() { return static_cast<double>(bits_() >> 11) * 0x1p-53; }
  uint32_t Below(uint32_t end) { return static_cast<uint32_t>(Uniform() * end); }
  double Normal(double mean, double deviation) {  // Box and Muller 1958
    const double radius = std::sqrt(-2 * std::log(1 - Uniform()));
    return mean + deviation * radius * std::cos(2 * std::numbers::pi * Uniform());
  }

 private:
  std::mt19937_64 bits_;
};

double Logistic(double x) { return 1 / (1 + std::exp(-x)); }

struct SimulatedItem {
  ItemKey key = 0;
  uint32_t first = 0;  // concept
  int32_t second = -1;
  double difficulty = 0;
  double guess = 0;
};

struct Knowledge {
  double strength = 0;
  double practised_at = 0;  // days
  int answers = 0;
};

class Simulation {
 public:
  explicit Simulation(const SimulationSettings& settings) : settings_(settings), dice_(settings.seed) {
    for (uint32_t i = 0; i < settings.concepts; ++i) {
      concept_keys_.push_back(dice_.Bits());
      concept_difficulty_.push_back(dice_.Normal(0, 0.7));
    }
    for (uint32_t i = 0; i < settings.concepts * settings.items_per_concept; ++i) {
      SimulatedItem& item = items_.emplace_back();
      item.key = dice_.Bits();
      item.first = i / settings.items_per_concept;
      if (dice_.Uniform() < 0.15) item.second = static_cast<int32_t>(dice_.Below(settings.concepts));
      item.difficulty = concept_difficulty_[item.first] + dice_.Normal(0, 0.9);
      item.guess = dice_.Uniform() < 0.4 ? 0.25 : 0.03;
    }
  }

  SimulatedLearners Run() && {
    for (uint32_t learner = 0; learner < settings_.learners; ++learner) RunLearner(learner);
    simulated_.log.learners = settings_.learners;
    return std::move(simulated_);
  }

 private:
  void RunLearner(uint32_t learner) {
    const uint64_t disguise = dice_.Uniform() < settings_.strangers ? dice_.Bits() : 0;
    const double ability = dice_.Normal(0.3, 0.9);
    const double pace = std::exp(dice_.Normal(0, 0.4));
    const double forgetting = std::exp(dice_.Normal(0, 0.4));
    std::vector<Knowledge> knows(settings_.concepts);
    double days = dice_.Uniform();
    uint32_t at = dice_.Below(settings_.concepts);
    const auto answers = static_cast<uint32_t>(settings_.answers * (0.2 + 1.6 * dice_.Uniform()));
    for (uint32_t i = 0; i < answers; ++i) {
      days += dice_.Uniform() < 0.06 ? std::exp(dice_.Normal(0.3, 1)) : 40 / kDay;
      if (dice_.Uniform() < 0.12)
        at = dice_.Uniform() < 0.7 ? (at + 1) % settings_.concepts : dice_.Below(settings_.concepts);
      const SimulatedItem& item = items_[at * settings_.items_per_concept + dice_.Below(settings_.items_per_concept)];
      const double p = Probability(item, ability, forgetting, days, knows);
      const bool correct = dice_.Uniform() < p;
      Record(learner, item, disguise, days, correct, p);
      Practise(item.first, pace, days, correct, knows);
      if (item.second >= 0) Practise(static_cast<uint32_t>(item.second), pace, days, correct, knows);
    }
  }

  static double Retained(const Knowledge& knowledge, double forgetting, double days) {
    return knowledge.strength * std::pow(1 + (days - knowledge.practised_at) / 4, -0.25 * forgetting);
  }

  double Probability(const SimulatedItem& item, double ability, double forgetting, double days,
                     const std::vector<Knowledge>& knows) const {
    double known = Retained(knows[item.first], forgetting, days);
    if (item.second >= 0)
      known = std::min(known, Retained(knows[static_cast<uint32_t>(item.second)], forgetting, days));
    return item.guess + (0.97 - item.guess) * Logistic(ability + known - item.difficulty);
  }

  static void Practise(uint32_t at, double pace, double days, bool correct, std::vector<Knowledge>& knows) {
    const double readiness = at % kBranch == 0 ? 1 : 0.4 + 0.6 * std::min(knows[at - 1].strength / 1.5, 1.0);
    Knowledge& knowledge = knows[at];
    knowledge.strength += pace * readiness * (correct ? 0.35 : 0.2) / (1 + 0.15 * knowledge.answers);
    knowledge.practised_at = days;
    ++knowledge.answers;
  }

  void Record(uint32_t learner, const SimulatedItem& item, uint64_t disguise, double days, bool correct, double p) {
    ResponseLog& log = simulated_.log;
    Response& response = log.responses.emplace_back();
    response.learner = learner;
    response.item = item.key ^ disguise;
    response.time_seconds = kStart + static_cast<int64_t>(days * kDay);
    response.concepts_begin = static_cast<uint32_t>(log.concepts.size());
    log.concepts.push_back(concept_keys_[item.first] ^ disguise);
    if (item.second >= 0) log.concepts.push_back(concept_keys_[static_cast<uint32_t>(item.second)] ^ disguise);
    response.concepts_end = static_cast<uint32_t>(log.concepts.size());
    response.correct = correct;
    simulated_.probabilities.push_back(static_cast<float>(p));
  }

  const SimulationSettings settings_;
  Dice dice_;
  std::vector<ConceptKey> concept_keys_;
  std::vector<double> concept_difficulty_;
  std::vector<SimulatedItem> items_;
  SimulatedLearners simulated_;
};

}  // namespace

SimulatedLearners Simulate(const SimulationSettings& settings) { return Simulation(settings).Run(); }

}  // namespace edirae::recommend::mastery
