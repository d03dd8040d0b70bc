#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

#include "bench/simulation/baseline.h"
#include "bench/simulation/policies.h"

namespace edirae::simulation {
namespace {

constexpr int kMostADay = 6;  // answers on a concept that is not mastered

class AnyConcept : public Baseline {
 public:
  AnyConcept(const Graph& graph, uint64_t seed) : Baseline(graph, seed, false) {}

 private:
  int Pick(double) override { return random_.Below(size()); }
};

// The first concept of the curriculum that is not mastered.
class CurriculumOrder : public Baseline {
 public:
  CurriculumOrder(const Graph& graph, uint64_t seed) : Baseline(graph, seed, true) {}

 private:
  int Pick(double) override {
    for (int i = 0; i < size(); ++i) {
      if (!concepts_[i].mastered && concepts_[i].today < kMostADay) return i;
    }
    return size() - 1;
  }
};

class EasiestFirst : public Baseline {
 public:
  EasiestFirst(const Graph& graph, uint64_t seed) : Baseline(graph, seed, true) {}

 private:
  int Pick(double) override {
    int best = -1;
    double easiest = -9;
    for (int i = 0; i < size(); ++i) {
      const Concept& it = concepts_[i];
      if (it.mastered || i == last_concept_ || it.today >= kMostADay) continue;
      const double easiness = it.easiness - 0.02 * it.answers;
      if (easiness + 1e-3 * random_.Uniform() <= easiest) continue;
      easiest = easiness;
      best = i;
    }
    return best >= 0 ? best : random_.Below(size());
  }
};

// The zone of proximal development: a chance of 0.7 is best.
class EloZone : public Baseline {
 public:
  EloZone(const Graph& graph, uint64_t seed) : Baseline(graph, seed, true) {}

 private:
  int Pick(double) override {
    int best = 0;
    double least = 9;
    for (int i = 0; i < size(); ++i) {
      const Concept& it = concepts_[i];
      const double distance = std::abs(Predicted(it) - 0.7) + (it.mastered || it.today >= kMostADay ? 1 : 0) +
                              (i == last_concept_ ? 0.1 : 0) + 0.01 * random_.Uniform();
      if (distance >= least) continue;
      least = distance;
      best = i;
    }
    return best;
  }
};

// B. Clement and others, "Multi-armed bandits for intelligent tutoring systems" (2015): a zone that opens along the
// graph, and in it concepts in proportion to the progress they make.
class Zpdes : public Baseline {
 public:
  Zpdes(const Graph& graph, uint64_t seed) : Baseline(graph, seed, true) {}

 private:
  int Pick(double) override {
    std::vector<int> zone;
    double progress = 0;
    for (int i = 0; i < size(); ++i) {
      if (!concepts_[i].open || concepts_[i].closed) continue;
      zone.push_back(i);
      if (!concepts_[i].mastered) progress += concepts_[i].progress;
    }
    if (random_.Chance(0.15)) return zone.empty() ? 0 : zone[random_.Below(static_cast<int>(zone.size()))];
    double left = random_.Uniform() * progress;
    for (const int i : zone) {
      if (concepts_[i].mastered) continue;
      left -= concepts_[i].progress;
      if (left <= 0) return i;
    }
    return 0;
  }
};

// What is due first, then the next new concept, as a flashcard program does.
class FlashcardsOnly : public Baseline {
 public:
  FlashcardsOnly(const Graph& graph, uint64_t seed) : Baseline(graph, seed, false) {}

 private:
  int Pick(double time) override {
    int due = 0;
    int fresh = -1;
    for (int i = size() - 1; i >= 0; --i) {
      if (concepts_[i].answers == 0) fresh = i;
      if (concepts_[i].due <= concepts_[due].due) due = i;
    }
    return fresh >= 0 && concepts_[due].due > time ? fresh : due;
  }

  void UpdateStability(Concept& it, bool right, double elapsed) const override {
    if (it.answers == 1) {
      it.stability = right ? 2.3 : 0.2;
    } else {
      it.stability =
          right ? it.stability * (1 + 3 * (1 - Retention(it, elapsed, 0.1))) + 0.2 : std::max(0.3 * it.stability, 0.2);
    }
  }
  double DueAfter(const Concept& it, bool right) const override { return right ? it.stability : 0.005; }
};

// Prerequisites, a lower confidence bound as the gate, reviews: what seemed clever, untuned.
class PrerequisiteFrontier : public Baseline {
 public:
  PrerequisiteFrontier(const Graph& graph, uint64_t seed) : Baseline(graph, seed, false) {}

 private:
  int Pick(double time) override {
    int best = 0;
    double highest = -9;
    for (int i = 0; i < size(); ++i) {
      const double value = Value(i, time) - (i == last_concept_ ? 0.05 : 0) + 0.01 * random_.Uniform();
      if (value <= highest) continue;
      highest = value;
      best = i;
    }
    return best;
  }

  double Value(int concept_index, double time) const {
    const Concept& it = concepts_[concept_index];
    if (it.mastered) {
      const double retention = Retention(it, std::max(time - it.last, 0.0), 0.5);
      return retention < 0.8 ? 1.2 + (0.8 - retention) : -9;
    }
    double ready = 1;
    for (const int prerequisite : graph_.prerequisites[concept_index]) {
      if (!concepts_[prerequisite].mastered) ready *= 0.35;
    }
    const double tired = (it.answers > 10 ? 0.25 : 0) + (it.answers > 20 ? 0.3 : 0);
    return ready * (0.6 + 0.4 * it.recent - tired) * (it.today < 3 ? 1 : 0.3);
  }

  bool BecomesMastered(const Concept& it) const override {
    return it.recent - std::sqrt(it.recent * (1 - it.recent) / (it.answers + 4)) >= 0.62;
  }
};

template <class T>
std::unique_ptr<Policy> Make(const Graph& graph, uint64_t seed) {
  return std::make_unique<T>(graph, seed);
}

}  // namespace

std::vector<PolicyKind> Baselines() {
  return {{"random", "any concept", Make<AnyConcept>},
          {"easiest", "easiest first + reviews", Make<EasiestFirst>},
          {"elo", "Elo zone of proximal development + reviews", Make<EloZone>},
          {"zpdes", "ZPDES bandit + reviews", Make<Zpdes>},
          {"fsrs", "flashcards only: due, then new", Make<FlashcardsOnly>},
          {"order", "curriculum order + reviews", Make<CurriculumOrder>},
          {"frontier", "prerequisite frontier + reviews", Make<PrerequisiteFrontier>}};
}

}  // namespace edirae::simulation
