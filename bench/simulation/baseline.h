#ifndef EDIRAE_BENCH_SIMULATION_BASELINE_H_
#define EDIRAE_BENCH_SIMULATION_BASELINE_H_

#include <optional>
#include <vector>

#include "bench/simulation/policy.h"

namespace edirae::simulation {

// What the baselines share: they note the same things about each concept, have the same rule of when it is mastered
// and, but for two, the same layer of reviews on top: of mastered concepts the one that has been due the longest.
class Baseline : public Policy {
 public:
  Baseline(const Graph& graph, uint64_t seed, bool reviews);

  int Choose(double time) final;
  void Observe(int concept_index, bool right, double time) final;

 protected:
  struct Concept {
    int answers = 0;
    int today = 0;     // answers of this day
    int in_a_row = 0;  // right answers at the end
    bool mastered = false;
    double easiness = -0.8;  // Elo, in log-odds
    double recent = 0.35;    // moving average of right answers
    double stability = 0;    // days, of the review layer
    double due = 1e9;        // days from the start
    double last = 0;
    bool newest_right[4] = {};
    double progress = 0.1;  // moving average of how much right answers became more frequent
    bool open = false;      // in the bandit's zone
    bool closed = false;    // left it at the top
  };

  // When no review is due.
  virtual int Pick(double time) = 0;
  virtual bool BecomesMastered(const Concept& it) const { return it.in_a_row >= 3; }
  // Before the rest is updated; `elapsed` is days since the last answer.
  virtual void UpdateStability(Concept& it, bool right, double elapsed) const;
  virtual double DueAfter(const Concept& it, bool right) const { return right ? it.stability : 0.02; }

  int size() const { return graph_.size(); }
  double Predicted(const Concept& it) const;
  static double Retention(const Concept& it, double elapsed, double least_stability);

  const Graph& graph_;
  std::vector<Concept> concepts_;
  int last_concept_ = -1;
  Random random_;

 private:
  std::optional<int> LongestDue(double time) const;
  void UpdateZone(int concept_index, bool right);

  const bool reviews_;
  double ability_ = 0;
  int day_ = -1;
  std::vector<std::vector<int>> dependents_;
};

}  // namespace edirae::simulation

#endif  // EDIRAE_BENCH_SIMULATION_BASELINE_H_
