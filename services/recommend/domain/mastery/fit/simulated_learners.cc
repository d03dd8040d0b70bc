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

// How one course is: what its learners have in common, and what its tutor does.
struct Course {
  double ease = 0;            // log-odds of a right answer, of the average learner at first
  double concept_spread = 0;  // standard deviations
  double item_spread = 0;
  double learner_spread = 0;
  double affinity_spread = 0;   // of how much better a learner is at one concept than at another
  double form_spread = 0;       // from one pause to the next
  double gain = 0;              // log-odds an answer, at first
  double gain_after_right = 0;  // times that
  double forgetting = 0;        // exponent
  double guess = 0;
  double slip = 0;
  double corrected = 0;           // log-odds that the solution just seen adds to the same item; later half as much
  double leave = 0;               // chance to go to the next concept, after each answer
  double leave_after_streak = 0;  // after three right answers in a row
  double retry = 0;               // chance that an item answered wrong comes again at once
  double repeat = 0;              // chance that an item met before comes again, not one that is new
  double pause = 0;               // chance of days between two answers
  bool timed = true;              // whether times are known
};

Course DrawCourse(Dice& dice) {
  const auto between = [&](double low, double high) { return low + (high - low) * dice.Uniform(); };
  return {.ease = dice.Normal(0.8, 0.7),
          .concept_spread = between(0.3, 1.1),
          .item_spread = between(0.3, 0.9),
          .learner_spread = between(0.4, 1.1),
          .affinity_spread = between(0.6, 1.4),
          .form_spread = between(0, 0.8),
          .gain = between(0, 0.35),
          .gain_after_right = between(0.8, 2),
          .forgetting = between(0.05, 0.4),
          .guess = dice.Uniform() < 0.2 ? 0.25 : 0.03,
          .slip = between(0.01, 0.06),
          .corrected = between(0.5, 3),
          .leave = between(0.03, 0.3),
          .leave_after_streak = dice.Uniform() < 0.4 ? 0.6 : 0,
          .retry = dice.Uniform() < 0.5 ? between(0.2, 0.9) : 0,
          .repeat = between(0, 0.5),
          .pause = between(0.01, 0.1),
          .timed = dice.Uniform() < 0.6};
}

struct SimulatedItem {
  ItemKey key = 0;
  uint32_t first = 0;  // concept
  int32_t second = -1;
  double difficulty = 0;
};

// A course with its concepts and items.
struct World {
  Course course;
  std::vector<ConceptKey> concepts;
  std::vector<SimulatedItem> items;
};

World MakeWorld(const SimulationSettings& settings, Dice& dice) {
  World world{.course = DrawCourse(dice)};
  if (!settings.moods) world.course.affinity_spread = world.course.form_spread = 0;
  std::vector<double> difficulty;
  for (uint32_t i = 0; i < settings.concepts; ++i) {
    world.concepts.push_back(dice.Bits());
    difficulty.push_back(dice.Normal(0, world.course.concept_spread));
  }
  for (uint32_t i = 0; i < settings.concepts * settings.items_per_concept; ++i) {
    SimulatedItem& item = world.items.emplace_back();
    item.key = dice.Bits();
    item.first = i / settings.items_per_concept;
    if (dice.Uniform() < 0.15) item.second = static_cast<int32_t>(dice.Below(settings.concepts));
    item.difficulty = difficulty[item.first] + dice.Normal(0, world.course.item_spread);
  }
  return world;
}

struct Knowledge {
  double affinity = 0;
  double strength = 0;
  double practised_at = 0;  // days
  int answers = 0;
};

// One learner in a world.
class Learner {
 public:
  Learner(const World& world, uint32_t items_per_concept, Dice& dice)
      : world_(world),
        course_(world.course),
        items_per_concept_(items_per_concept),
        dice_(dice),
        knows_(world.concepts.size()),
        met_(world.items.size()) {
    ability_ = dice.Normal(0, course_.learner_spread);
    pace_ = std::exp(dice.Normal(0, 0.4));
    forgetting_ = course_.forgetting * std::exp(dice.Normal(0, 0.4));
    for (Knowledge& it : knows_) it.affinity = dice.Normal(0, course_.affinity_spread);
    at_ = dice.Below(static_cast<uint32_t>(knows_.size()));
    days_ = dice.Uniform();
  }

  struct Answer {
    const SimulatedItem* item;
    double days;
    bool correct;
    double probability;
  };

  Answer Next() {
    Wait();
    const uint32_t number = Choose();
    const SimulatedItem& item = world_.items[number];
    const double p = ProbabilityOf(number);
    const bool correct = dice_.Uniform() < p;
    Practise(item.first, correct);
    if (item.second >= 0) Practise(static_cast<uint32_t>(item.second), correct);
    met_[number] = true;
    last_ = static_cast<int32_t>(number);
    right_in_a_row_ = correct ? right_in_a_row_ + 1 : 0;
    return {&item, days_, correct, p};
  }

 private:
  void Wait() {
    if (dice_.Uniform() >= course_.pause) {
      days_ += 40 / kDay;
      return;
    }
    days_ += std::exp(dice_.Normal(0.3, 1));
    form_ = dice_.Normal(0, course_.form_spread);
  }

  uint32_t Choose() {
    if (last_ >= 0 && right_in_a_row_ == 0 && dice_.Uniform() < course_.retry) return static_cast<uint32_t>(last_);
    const double leave = right_in_a_row_ >= 3 ? std::max(course_.leave, course_.leave_after_streak) : course_.leave;
    if (dice_.Uniform() < leave) {
      const auto concepts = static_cast<uint32_t>(knows_.size());
      at_ = dice_.Uniform() < 0.7 ? (at_ + 1) % concepts : dice_.Below(concepts);
      right_in_a_row_ = 0;
      last_ = -1;
    }
    const uint32_t first = at_ * items_per_concept_;
    const uint32_t number = first + dice_.Below(items_per_concept_);
    if (!met_[number] || dice_.Uniform() < course_.repeat) return number;
    for (uint32_t i = 0; i < items_per_concept_; ++i) {
      const uint32_t other = first + (number - first + i) % items_per_concept_;
      if (!met_[other]) return other;
    }
    return number;
  }

  double Retained(const Knowledge& knowledge) const {
    return knowledge.affinity + knowledge.strength * std::pow(1 + (days_ - knowledge.practised_at) / 4, -forgetting_);
  }

  double ProbabilityOf(uint32_t number) const {
    const SimulatedItem& item = world_.items[number];
    double known = Retained(knows_[item.first]);
    if (item.second >= 0) known = std::min(known, Retained(knows_[static_cast<uint32_t>(item.second)]));
    if (met_[number]) known += static_cast<int32_t>(number) == last_ ? course_.corrected : 0.5 * course_.corrected;
    const double able = Logistic(course_.ease + ability_ + form_ + known - item.difficulty);
    return course_.guess + (1 - course_.slip - course_.guess) * able;
  }

  void Practise(uint32_t at, bool correct) {
    const double readiness = at % kBranch == 0 ? 1 : 0.4 + 0.6 * std::min(knows_[at - 1].strength / 1.5, 1.0);
    Knowledge& knowledge = knows_[at];
    knowledge.strength +=
        pace_ * readiness * course_.gain * (correct ? course_.gain_after_right : 1) / (1 + 0.15 * knowledge.answers);
    knowledge.practised_at = days_;
    ++knowledge.answers;
  }

  const World& world_;
  const Course& course_;
  const uint32_t items_per_concept_;
  Dice& dice_;
  std::vector<Knowledge> knows_;
  std::vector<bool> met_;
  double ability_ = 0;
  double pace_ = 0;
  double forgetting_ = 0;
  double form_ = 0;
  double days_ = 0;
  uint32_t at_ = 0;
  int32_t last_ = -1;
  int right_in_a_row_ = 0;
};

class Simulation {
 public:
  explicit Simulation(const SimulationSettings& settings) : settings_(settings), dice_(settings.seed) {}

  SimulatedLearners Run() && {
    World shared;
    uint32_t room = 0;  // for more learners in the shared world
    for (uint32_t learner = 0; learner < settings_.learners; ++learner) {
      if (dice_.Uniform() < settings_.strangers) {
        RunLearner(learner, MakeWorld(settings_, dice_));
        continue;
      }
      if (room-- == 0) {
        shared = MakeWorld(settings_, dice_);
        room = settings_.classmates - 1;
      }
      RunLearner(learner, shared);
    }
    simulated_.log.learners = settings_.learners;
    return std::move(simulated_);
  }

 private:
  void RunLearner(uint32_t number, const World& world) {
    Learner learner(world, settings_.items_per_concept, dice_);
    const auto answers = static_cast<uint32_t>(settings_.answers * (0.2 + 1.6 * dice_.Uniform()));
    for (uint32_t i = 0; i < answers; ++i) Record(number, world, learner.Next());
  }

  void Record(uint32_t learner, const World& world, const Learner::Answer& answer) {
    ResponseLog& log = simulated_.log;
    Response& response = log.responses.emplace_back();
    response.learner = learner;
    response.item = answer.item->key;
    response.time_seconds = world.course.timed ? kStart + static_cast<int64_t>(answer.days * kDay) : 0;
    response.concepts_begin = static_cast<uint32_t>(log.concepts.size());
    log.concepts.push_back(world.concepts[answer.item->first]);
    if (answer.item->second >= 0) log.concepts.push_back(world.concepts[static_cast<uint32_t>(answer.item->second)]);
    response.concepts_end = static_cast<uint32_t>(log.concepts.size());
    response.correct = answer.correct;
    simulated_.probabilities.push_back(static_cast<float>(answer.probability));
  }

  const SimulationSettings settings_;
  Dice dice_;
  SimulatedLearners simulated_;
};

}  // namespace

SimulatedLearners Simulate(const SimulationSettings& settings) { return Simulation(settings).Run(); }

}  // namespace edirae::recommend::mastery
