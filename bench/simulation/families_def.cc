#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

#include "bench/simulation/families.h"

namespace edirae::simulation {
namespace {

// Traces of memory: every encounter leaves one, which fades the faster the fresher the memory was when it was made.
// P. I. Pavlik and J. R. Anderson, "Practice and forgetting effects on vocabulary memory" (2005) with their decay
// parameters, in days. Prerequisites help softly. A wrong answer with
// its explanation leaves a weaker trace.
class FamilyD : public Learner {
 public:
  FamilyD(const Graph& graph, double ability, Random& random) : graph_(graph), traces_(graph.size()) {
    pace_ = ability * std::exp(random.Normal(0, 0.35));
    difficulty_.reserve(graph.size());
    for (int i = 0; i < graph.size(); ++i) {
      difficulty_.push_back(random.Normal(0, 0.5));
      if (!random.Chance(std::max(0.7 * std::exp(-graph.depth[i] / 5.0), 0.1))) continue;
      for (int encounter = 1 + random.Below(6); encounter > 0; --encounter) Leave(i, -30.0 * encounter, 1);
    }
  }

  double Success(int concept_index, double time) const override {
    const double support = std::log(std::max(Readiness(concept_index, time), 0.05));
    return 0.1 +
           0.86 * Logistic(2.2 * (Activation(concept_index, time) + 0.8 * support - difficulty_[concept_index] + 0.3));
  }

  double Readiness(int concept_index, double time) const override {
    double readiness = 1;
    for (const int prerequisite : graph_.prerequisites[concept_index]) {
      readiness *= 0.4 + 0.6 * Logistic(2.2 * (Activation(prerequisite, time) + 0.3));
    }
    return readiness;
  }

  bool Answer(int concept_index, double time, Random& random) override {
    const bool right = random.Chance(Success(concept_index, time));
    Leave(concept_index, time, pace_ * Readiness(concept_index, time) * (right ? 1 : 0.5));
    return right;
  }

 private:
  struct Trace {
    double time;
    double weight;
    double decay;
  };

  // In days; a trace of a minute ago counts as one of a quarter of an hour.
  static double Age(double from, double to) { return std::max(to - from, 0.01); }

  double Activation(int concept_index, double time) const {
    double sum = 1e-3;
    for (const Trace& trace : traces_[concept_index]) {
      sum += trace.weight * std::pow(Age(trace.time, time), -trace.decay);
    }
    return std::log(sum);
  }

  void Leave(int concept_index, double time, double weight) {
    const double decay = std::min(0.177 + 0.217 * std::exp(std::min(Activation(concept_index, time), 1.5)), 1.0);
    traces_[concept_index].push_back({time, 0.5 * weight, decay});
  }

  const Graph& graph_;
  double pace_;
  std::vector<double> difficulty_;
  std::vector<std::vector<Trace>> traces_;
};

// Weak learners: known or not, at a third of the pace of B, with more guessing and slipping, and forgotten all at once,
// at random, the later the more often it was recalled (the forgetting of Bayesian knowledge tracing).
class FamilyE : public Learner {
 public:
  FamilyE(const Graph& graph, double ability, Random& random)
      : graph_(graph), known_(graph.size(), 0), stability_(graph.size(), 4), last_(graph.size(), -3) {
    rate_ = ability * std::exp(random.Normal(std::log(0.08), 0.4));
    for (int i = 0; i < graph.size(); ++i) {
      known_[i] = random.Chance(0.5 * std::exp(-graph.depth[i] / 4.0)) ? 1 : 0;
    }
  }

  double Success(int concept_index, double time) const override {
    return 0.25 + 0.63 * known_[concept_index] * Retention(concept_index, time);
  }

  double Readiness(int concept_index, double time) const override {
    double readiness = 1;
    for (const int prerequisite : graph_.prerequisites[concept_index]) {
      readiness *= 0.2 + 0.8 * known_[prerequisite] * Retention(prerequisite, time);
    }
    return readiness;
  }

  bool Answer(int concept_index, double time, Random& random) override {
    const double retention = Retention(concept_index, time);
    double& known = known_[concept_index];
    if (known > 0 && !random.Chance(retention)) known = 0;
    const bool right = random.Chance(0.25 + 0.63 * known);
    if (known > 0) {
      stability_[concept_index] = std::min(stability_[concept_index] * (1 + 2.5 * (1 - retention)) + 0.2, 300.0);
    } else if (random.Chance(rate_ * Readiness(concept_index, time))) {
      known = 1;
    }
    last_[concept_index] = time;
    return right;
  }

 private:
  // The chance that what was known at the last answer still is.
  double Retention(int concept_index, double time) const {
    return std::exp2(-std::max(time - last_[concept_index], 0.0) / (3 * stability_[concept_index]));
  }

  const Graph& graph_;
  double rate_;
  std::vector<double> known_;  // 0 or 1, as of the last answer
  std::vector<double> stability_;
  std::vector<double> last_;
};

// Concepts of very different difficulty, learned evenly by right and wrong answers, forgotten exponentially with a
// half-life that doubles at each success (B. Settles and B. Meeder, "A trainable spaced repetition model for language
// learning", 2016); no guessing, no prerequisites at all.
class FamilyF : public Learner {
 public:
  FamilyF(const Graph& graph, double ability, Random& random)
      : strength_(graph.size()), rate_(graph.size()), half_life_(graph.size(), 4), last_(graph.size(), -3) {
    const double pace = ability * std::exp(random.Normal(std::log(0.25), 0.4));
    for (int i = 0; i < graph.size(); ++i) {
      strength_[i] = 0.3 * random.Uniform();
      rate_[i] = std::min(pace * std::exp(random.Normal(0, 0.6)), 0.9);
    }
  }

  double Success(int concept_index, double time) const override {
    const double elapsed = std::max(time - last_[concept_index], 0.0);
    return 0.97 * strength_[concept_index] * std::exp2(-elapsed / half_life_[concept_index]);
  }

  double Readiness(int, double) const override { return 1; }

  bool Answer(int concept_index, double time, Random& random) override {
    const double chance = Success(concept_index, time);
    const bool right = random.Chance(chance);
    const double elapsed = std::max(time - last_[concept_index], 0.0);
    double& half_life = half_life_[concept_index];
    // What was not forgotten at all gains nothing from being recalled: spacing counts.
    const double spaced = std::min(elapsed / (0.3 * half_life), 1.0);
    half_life = right ? std::min(half_life * (1 + spaced), 400.0) : std::max(half_life / (1 + 0.5 * spaced), 1.0);
    strength_[concept_index] += rate_[concept_index] * (1 - strength_[concept_index]);
    last_[concept_index] = time;
    return right;
  }

 private:
  std::vector<double> strength_;
  std::vector<double> rate_;
  std::vector<double> half_life_;  // days
  std::vector<double> last_;
};

}  // namespace

std::vector<Family> LaterFamilies() {
  return {
      {"D", "traces of memory that fade the faster the fresher the memory was", Make<FamilyD>},
      {"E", "weak learners: known or not, slowly, with guessing, forgotten all at once", Make<FamilyE>},
      {"F", "concepts of different difficulty, half-lives, no prerequisites", Make<FamilyF>},
  };
}

}  // namespace edirae::simulation
