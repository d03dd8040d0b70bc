#include "bench/eval/simulate_command.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "absl/status/statusor.h"
#include "absl/strings/str_format.h"
#include "bench/simulation/decision_speed.h"
#include "bench/simulation/graph.h"
#include "bench/simulation/learner.h"
#include "bench/simulation/policy.h"
#include "common/status/macros.h"

namespace edirae::eval {
namespace {

using simulation::Family;
using simulation::Graph;
using simulation::PolicyKind;
using simulation::Standing;

constexpr uint64_t kGraphSeed = 92;
constexpr int kFewConcepts = 100;
constexpr int kManyConcepts = 10'000;

// Those of `all` that are named in `wanted`, or all when none is.
template <class Named>
std::vector<Named> Wanted(const std::vector<Named>& all, const std::vector<std::string>& wanted) {
  std::vector<Named> chosen;
  std::copy_if(all.begin(), all.end(), std::back_inserter(chosen), [&](const Named& it) {
    return wanted.empty() || std::find(wanted.begin(), wanted.end(), it.name) != wanted.end();
  });
  return chosen;
}

template <class Named>
std::vector<std::string> Names(const std::vector<Named>& all) {
  std::vector<std::string> names;
  for (const Named& it : all) names.push_back(it.name);
  return names;
}

std::string Row(const Standing& it) {
  return absl::StrFormat("  %-9s %6.4f ± %.4f   %6.4f   %5.3f   %6.4f   %+.4f ± %.4f   %+.4f\n", it.policy,
                         it.gain.mean, it.gain.within, it.worst_tenth, it.unready, it.gain_an_hour, it.behind_ours.mean,
                         it.behind_ours.within, it.worst_behind_ours);
}

std::string Heading(const Family& family) {
  return absl::StrFormat("%s: %s\n  %-9s %-15s   %-6s   %-5s   %-6s   %-16s   %s\n", family.name, family.summary,
                         "policy", "gain", "worst", "un-", "gain/", "the last's lead", "on its");
}

std::string SecondHeading() {
  return absl::StrFormat("  %-9s %-15s   %-6s   %-5s   %-6s   %-16s   %s\n", "", "", "tenth", "ready", "hour", "",
                         "worst");
}

std::string ToJson(const Standing& it) {
  return nlohmann::ordered_json{{"family", it.family},
                                {"policy", it.policy},
                                {"gain", it.gain.mean},
                                {"gain_ci95", it.gain.within},
                                {"worst_tenth", it.worst_tenth},
                                {"unready", it.unready},
                                {"gain_an_hour", it.gain_an_hour},
                                {"lead_of_last", it.behind_ours.mean},
                                {"lead_of_last_ci95", it.behind_ours.within},
                                {"lead_of_last_on_worst_tenth", it.worst_behind_ours}}
             .dump() +
         "\n";
}

std::string Speed(bool json) {
  const simulation::DecisionSpeed few = simulation::MeasureDecisions(kFewConcepts);
  const simulation::DecisionSpeed many = simulation::MeasureDecisions(kManyConcepts);
  if (json) {
    const auto object = [](int concepts, const simulation::DecisionSpeed& it) {
      return nlohmann::ordered_json{{"concepts", concepts},
                                    {"choose_median_us", it.choose_median},
                                    {"choose_p99_us", it.choose_p99},
                                    {"observe_median_us", it.observe_median},
                                    {"observe_p99_us", it.observe_p99}}
          .dump();
    };
    return object(kFewConcepts, few) + "\n" + object(kManyConcepts, many) + "\n";
  }
  std::string table = "Microseconds, median and 99th percentile:\n";
  for (const auto& [concepts, it] : {std::pair(kFewConcepts, few), std::pair(kManyConcepts, many)}) {
    absl::StrAppendFormat(&table, "  %6d concepts   choose %6.2f %6.2f   observe %6.2f %6.2f\n", concepts,
                          it.choose_median, it.choose_p99, it.observe_median, it.observe_p99);
  }
  absl::StrAppendFormat(&table, "  ratio             choose %6.2f          observe %6.2f\n",
                        many.choose_median / few.choose_median, many.observe_median / few.observe_median);
  return table;
}

}  // namespace

SimulateCommand::SimulateCommand(CLI::App& app)
    : command_(*app.add_subcommand("simulate", "How much simulated learners learn under our policy and under others")) {
  command_.footer(
      "Gain is in the mean chance of a right answer over all concepts, two weeks after the last day. Each learner "
      "meets\n"
      "every policy; the lead of the last policy is paired, with its 95 % confidence interval, and also on the tenth "
      "of\n"
      "learners who gained least. Unready: the share of questions whose prerequisites were hardly there.");
  command_.option_defaults()->always_capture_default();
  command_.add_option("--learners", course_.learners, "of each family")->check(CLI::Range(1, 100'000));
  command_.add_option("--days", course_.days, "of learning")->check(CLI::Range(1, 1000));
  command_.add_option("--answers-a-day", course_.answers_a_day, "of each learner")->check(CLI::Range(1, 1000));
  command_.add_option("--wrong-edges", course_.wrong_edges, "share of edges lost, and as many false ones added")
      ->check(CLI::Range(0.0, 1.0));
  command_.add_option("--ability", course_.ability, "how fast learners learn, 1 for the usual")
      ->check(CLI::Range(0.01, 10.0));
  command_.add_option("--seed", course_.seed, "another seed, other learners");
  command_.add_option("--concepts", concepts_, "of the generated graph")->check(CLI::Range(2, 2000));
  command_.add_option("--graph", graph_, "a TSV file with the columns concept, prerequisites, depth instead");
  command_.add_option("--families", families_, "only these, separated by commas")
      ->delimiter(',')
      ->check(CLI::IsMember(Names(simulation::Families())));
  command_.add_option("--policies", policies_, "only these, separated by commas")
      ->delimiter(',')
      ->check(CLI::IsMember(Names(simulation::PolicyKinds())));
  command_.add_flag("--json", json_, "one JSON object a line instead of a table");
  command_.add_flag("--speed", speed_, "measure how long a decision takes with few and many concepts instead");
}

absl::Status SimulateCommand::Run(std::ostream& out) {
  if (speed_) {
    out << Speed(json_) << std::flush;
    return out.good() ? absl::OkStatus() : absl::DataLossError("cannot write to standard output");
  }
  Graph graph;
  if (graph_.empty()) {
    simulation::Random random(kGraphSeed);
    graph = simulation::GenerateGraph(concepts_, random);
  } else {
    EDIRAE_ASSIGN_OR_RETURN(graph, simulation::ReadGraph(graph_));
  }
  const std::vector<PolicyKind> policies = Wanted(simulation::PolicyKinds(), policies_);
  for (const Family& family : Wanted(simulation::Families(), families_)) {
    if (!json_) out << Heading(family) << SecondHeading() << std::flush;
    for (const Standing& standing : simulation::Compare(family, policies, graph, course_)) {
      out << (json_ ? ToJson(standing) : Row(standing));
    }
    out << std::flush;
    if (!out.good()) return absl::DataLossError("cannot write to standard output");
  }
  return absl::OkStatus();
}

}  // namespace edirae::eval
