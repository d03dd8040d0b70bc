#include "bench/simulation/baseline.h"

#include <algorithm>
#include <cmath>

#include "bench/simulation/families.h"

namespace edirae::simulation {

Baseline::Baseline(const Graph& graph, uint64_t seed, bool reviews)
    : graph_(graph), concepts_(graph.size()), random_(seed), reviews_(reviews), dependents_(graph.size()) {
  for (int i = 0; i < graph.size(); ++i) {
    concepts_[i].open = graph.prerequisites[i].empty();
    for (const int prerequisite : graph.prerequisites[i]) dependents_[prerequisite].push_back(i);
  }
}

int Baseline::Choose(double time) {
  if (static_cast<int>(time) != day_) {
    day_ = static_cast<int>(time);
    for (Concept& it : concepts_) it.today = 0;
  }
  if (reviews_) {
    if (const std::optional<int> due = LongestDue(time); due.has_value()) return *due;
  }
  return Pick(time);
}

std::optional<int> Baseline::LongestDue(double time) const {
  std::optional<int> found;
  for (int i = 0; i < size(); ++i) {
    const Concept& it = concepts_[i];
    if (it.mastered && it.due <= time && (!found.has_value() || it.due < concepts_[*found].due)) found = i;
  }
  return found;
}

double Baseline::Predicted(const Concept& it) const { return Logistic(it.easiness + ability_); }

double Baseline::Retention(const Concept& it, double elapsed, double least_stability) {
  return 1 / std::sqrt(1 + 0.5 * elapsed / std::max(it.stability, least_stability));
}

void Baseline::UpdateStability(Concept& it, bool right, double elapsed) const {
  if (!it.mastered) return;
  it.stability =
      right ? it.stability * (1 + 3 * (1 - Retention(it, elapsed, 0.1))) + 0.2 : std::max(0.5 * it.stability, 0.4);
}

void Baseline::Observe(int concept_index, bool right, double time) {
  Concept& it = concepts_[concept_index];
  const double surprise = (right ? 1 : 0) - Predicted(it);
  it.easiness += surprise / (1 + 0.05 * it.answers);
  ability_ += 0.1 * surprise;
  ++it.answers;
  ++it.today;
  it.in_a_row = right ? it.in_a_row + 1 : 0;
  it.recent += 0.35 * ((right ? 1 : 0) - it.recent);
  UpdateZone(concept_index, right);
  UpdateStability(it, right, std::max(time - it.last, 0.01));
  if (!it.mastered && it.answers >= 3 && BecomesMastered(it)) {
    it.mastered = true;
    it.stability = std::max(it.stability, 1.5);
  }
  it.due = time + DueAfter(it, right);
  if (it.recent < 0.45) it.mastered = false;
  it.last = time;
  last_concept_ = concept_index;
}

void Baseline::UpdateZone(int concept_index, bool right) {
  Concept& it = concepts_[concept_index];
  bool(&newest)[4] = it.newest_right;
  const double gained = it.answers < 4 ? 0 : (newest[3] + right - newest[0] - newest[1]) / 3.0;
  std::rotate(newest, newest + 1, newest + 4);
  newest[3] = right;
  it.progress = std::max(0.7 * it.progress + 0.3 * std::max(gained, 0.0), 0.02);
  if (it.answers < 3 || newest[0] + newest[1] + newest[2] + newest[3] < 3) return;
  for (const int dependent : dependents_[concept_index]) {
    concepts_[dependent].open = true;
    concepts_[dependent].closed = false;
  }
  if (it.answers >= 5 && it.in_a_row >= 4) it.closed = true;
}

}  // namespace edirae::simulation
