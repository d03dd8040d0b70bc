#include "bench/simulation/tournament.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace edirae::simulation {
namespace {

constexpr double kDaysUntilTest = 14;
constexpr double kMinuteDays = 1.0 / (24 * 60);
constexpr double kUnready = 0.3;
constexpr double kRightHours = 40.0 / 3600;
constexpr double kWrongHours = 80.0 / 3600;
constexpr double kLessonHours = 180.0 / 3600;

Result Run(Learner& learner, Policy& policy, int concepts, const Course& course, Random& luck) {
  const double test = course.days + kDaysUntilTest;
  const double before = Knowledge(learner, concepts, test);
  std::vector<bool> met(concepts, false);
  Result result;
  int unready = 0;
  for (int day = 0; day < course.days; ++day) {
    for (int i = 0; i < course.answers_a_day; ++i) {
      const double time = day + i * kMinuteDays;
      const int chosen = policy.Choose(time);
      if (learner.Readiness(chosen, time) < kUnready) ++unready;
      const bool right = learner.Answer(chosen, time, luck);
      policy.Observe(chosen, right, time);
      result.hours += (right ? kRightHours : kWrongHours) + (met[chosen] ? 0 : kLessonHours);
      met[chosen] = true;
    }
  }
  result.gain = Knowledge(learner, concepts, test) - before;
  result.unready = static_cast<double>(unready) / (course.days * course.answers_a_day);
  return result;
}

Estimate EstimateOf(const std::vector<double>& values) {
  const auto count = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return {mean, count < 2 ? 0 : 1.96 * std::sqrt(squares / (count - 1) / count)};
}

// Positions of the tenth (at least one) whose gain is least.
std::vector<size_t> WorstTenth(const std::vector<Result>& results) {
  std::vector<size_t> order(results.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) { return results[a].gain < results[b].gain; });
  order.resize(std::max<size_t>(order.size() / 10, 1));
  return order;
}

template <class Value>
double Mean(const std::vector<size_t>& of, Value value) {
  double sum = 0;
  for (const size_t i : of) sum += value(i);
  return sum / static_cast<double>(of.size());
}

Standing Judge(const std::vector<Result>& results, const std::vector<Result>& ours) {
  std::vector<size_t> all(results.size());
  std::iota(all.begin(), all.end(), size_t{0});
  std::vector<double> gains;
  std::vector<double> behind;
  for (const size_t i : all) {
    gains.push_back(results[i].gain);
    behind.push_back(ours[i].gain - results[i].gain);
  }
  const std::vector<size_t> worst = WorstTenth(results);
  const auto gain = [&](size_t i) { return results[i].gain; };
  Standing standing;
  standing.gain = EstimateOf(gains);
  standing.worst_tenth = Mean(worst, gain);
  standing.unready = Mean(all, [&](size_t i) { return results[i].unready; });
  standing.gain_an_hour = Mean(all, gain) / Mean(all, [&](size_t i) { return results[i].hours; });
  standing.behind_ours = EstimateOf(behind);
  standing.worst_behind_ours = Mean(worst, [&](size_t i) { return behind[i]; });
  return standing;
}

}  // namespace

std::vector<Standing> Compare(const Family& family, const std::vector<PolicyKind>& policies, const Graph& graph,
                              const Course& course) {
  std::vector<std::vector<Result>> results(policies.size());
  for (int i = 0; i < course.learners; ++i) {
    const uint64_t learner_seed = course.seed * 1'000'003 + static_cast<uint64_t>(i);
    Random edges(learner_seed);
    const Graph seen = WithWrongEdges(graph, course.wrong_edges, edges);
    for (size_t policy = 0; policy < policies.size(); ++policy) {
      Random luck(learner_seed + 1'000'000'007);
      const auto learner = family.make(graph, course.ability, luck);
      const auto chooser = policies[policy].make(seen, learner_seed);
      results[policy].push_back(Run(*learner, *chooser, graph.size(), course, luck));
    }
  }
  std::vector<Standing> standings;
  for (size_t policy = 0; policy < policies.size(); ++policy) {
    standings.push_back(Judge(results[policy], results.back()));
    standings.back().family = family.name;
    standings.back().policy = policies[policy].name;
  }
  return standings;
}

}  // namespace edirae::simulation
