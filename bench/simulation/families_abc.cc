#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

#include "bench/simulation/families.h"

namespace edirae::simulation {
namespace {

constexpr double kMaxStability = 400;  // days

// What A, B and C share: strength of each concept, forgotten by a power law.
class PowerLawLearner : public Learner {
 public:
  PowerLawLearner(const Graph& graph, double ability, Random& random)
      : graph_(graph), strength_(graph.size()), stability_(graph.size(), 2), last_(graph.size(), -3) {
    rate_ = ability * std::exp(random.Normal(std::log(0.22), 0.35));
    const double breadth = 1 + 6 * random.Uniform();
    for (int i = 0; i < graph.size(); ++i) {
      const double talent = 1 - std::pow(1 - random.Uniform(), 0.25);  // Beta(1, 4)
      strength_[i] = std::clamp(talent + 0.45 * std::exp(-graph.depth[i] / breadth), 0.0, 0.95);
    }
  }

  double Success(int concept_index, double time) const final { return SuccessWith(concept_index, time, 0); }

  double Readiness(int concept_index, double time) const final {
    double readiness = 1;
    for (const int prerequisite : graph_.prerequisites[concept_index]) {
      readiness *= Support(Effective(prerequisite, time));
    }
    return readiness;
  }

  bool Answer(int concept_index, double time, Random& random) final {
    const double chance = SuccessWith(concept_index, time, random.Normal(0, 0.08));
    const bool right = random.Chance(chance);
    const double retention = Retention(concept_index, time);
    Learn(concept_index, time, right, chance, Readiness(concept_index, time), random.Uniform());
    if (Remembers(concept_index)) {
      double& stability = stability_[concept_index];
      stability =
          right ? std::min(stability * (1 + 4 * (1 - retention)) + 0.3, kMaxStability) : std::max(0.7 * stability, 0.5);
      last_[concept_index] = time;
    }
    if (right) Refresh(concept_index, time);
    return right;
  }

 protected:
  double Retention(int concept_index, double time) const {
    return 1 / std::sqrt(1 + 0.5 * std::max(time - last_[concept_index], 0.0) / stability_[concept_index]);
  }
  double Effective(int concept_index, double time) const {
    return strength_[concept_index] * Retention(concept_index, time);
  }

  virtual double SuccessWith(int concept_index, double time, double difficulty) const {
    return 0.15 + 0.8 * Logistic(7 * (Effective(concept_index, time) * std::sqrt(Readiness(concept_index, time)) - 0.5 -
                                      difficulty));
  }
  // How much of a prerequisite of this effective strength is there.
  virtual double Support(double effective) const = 0;
  virtual void Learn(int concept_index, double time, bool right, double chance, double readiness, double luck) = 0;
  virtual bool Remembers(int) const { return true; }
  virtual void Refresh(int, double) {}

  const Graph& graph_;
  double rate_;
  std::vector<double> strength_;
  std::vector<double> stability_;
  std::vector<double> last_;
};

// Graded acquisition; what a concept builds on is refreshed with it.
class FamilyA : public PowerLawLearner {
 public:
  using PowerLawLearner::PowerLawLearner;

 private:
  double Support(double effective) const override { return 0.1 + 0.9 * Logistic(10 * (effective - 0.45)); }
  void Learn(int concept_index, double, bool right, double, double readiness, double) override {
    strength_[concept_index] += rate_ * (1 - strength_[concept_index]) * readiness * (right ? 1 : 0.6);
  }
  void Refresh(int concept_index, double time) override {
    for (const int prerequisite : graph_.prerequisites[concept_index]) {
      last_[prerequisite] += 0.3 * (time - last_[prerequisite]);
    }
  }
};

// Known or not; what is not known becomes so at once, by chance, seldom without its prerequisites.
class FamilyB : public PowerLawLearner {
 public:
  FamilyB(const Graph& graph, double ability, Random& random) : PowerLawLearner(graph, ability, random) {
    for (double& strength : strength_) strength = strength > 0.45 ? 1 : 0;
  }

 private:
  double SuccessWith(int concept_index, double time, double) const override {
    return Effective(concept_index, time) > 0.5 ? 0.9 : 0.2;
  }
  double Support(double effective) const override { return effective < 0.5 ? 0.15 : 1; }
  void Learn(int concept_index, double time, bool, double, double readiness, double luck) override {
    if (Effective(concept_index, time) >= 0.5 || luck >= 1.3 * rate_ * readiness) return;
    strength_[concept_index] = 1;
    stability_[concept_index] = std::max(stability_[concept_index], 1.0);
  }
  bool Remembers(int concept_index) const override { return strength_[concept_index] > 0; }
};

// Soft prerequisites; whoever has little chance learns little, and more from success than from failure.
class FamilyC : public PowerLawLearner {
 public:
  using PowerLawLearner::PowerLawLearner;

 private:
  double Support(double effective) const override { return 0.6 + 0.4 * Logistic(8 * (effective - 0.5)); }
  void Learn(int concept_index, double, bool right, double chance, double readiness, double) override {
    strength_[concept_index] +=
        rate_ * (1 - strength_[concept_index]) * readiness * (chance < 0.35 ? 0.25 : 1) * (right ? 1 : 0.5);
  }
};

}  // namespace

std::vector<Family> FirstFamilies() {
  return {
      {"A", "graded acquisition, power-law forgetting, prerequisites refreshed by what builds on them", Make<FamilyA>},
      {"B", "known or not, gated by prerequisites", Make<FamilyB>},
      {"C", "soft prerequisites, frustration", Make<FamilyC>},
  };
}

}  // namespace edirae::simulation
