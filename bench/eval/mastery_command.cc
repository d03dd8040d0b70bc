#include "bench/eval/mastery_command.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "absl/strings/str_cat.h"
#include "bench/eval/mastery_trial.h"
#include "bench/report/progress_line.h"
#include "services/recommend/adapters/exported_events.h"
#include "services/recommend/adapters/recorded_responses.h"
#include "services/recommend/adapters/weights_file.h"
#include "services/recommend/domain/learner_state.h"
#include "services/recommend/domain/mastery/fit/fit.h"

namespace edirae::eval {
namespace {

namespace mastery = recommend::mastery;
using Json = nlohmann::ordered_json;
using LearnerSet = std::vector<bool>;  // by learner number

constexpr int kMaxFolds = 100;

// What is going on, where someone watches.
class Progress {
 public:
  void Show(absl::string_view doing) {
    if (line_.has_value()) line_->Show(doing);
  }
  void Clear() {
    if (line_.has_value()) line_->Clear();
  }

 private:
  std::optional<bench::ProgressLine> line_ =
      isatty(STDERR_FILENO) != 0 ? std::make_optional<bench::ProgressLine>() : std::nullopt;
};

// A number as JSON has them: null for what could not be judged.
Json Figure(double value, double scale) {
  if (!std::isfinite(value)) return nullptr;
  return std::round(value * scale) / scale;
}

Json ToJson(const MasteryTrial& trial) {
  constexpr double kScore = 1e6;
  const PredictionScores scores = Score(trial.predictions);
  return {{"auc", Figure(scores.auc, kScore)},
          {"log_loss", Figure(scores.log_loss, kScore)},
          {"rmse", Figure(scores.rmse, kScore)},
          {"ece", Figure(scores.ece, kScore)},
          {"cold_start_auc", Figure(scores.cold_start_auc, kScore)},
          {"updates_per_second", Figure(trial.updates_per_second, 1)},
          {"bytes_per_learner_concept", Figure(trial.bytes_per_learner_concept, 10)},
          {"answers", scores.answers},
          {"learners", trial.learners},
          {"bare_per_second", Figure(trial.bare_per_second, 1)},
          {"bytes_per_learner", Figure(trial.bytes_per_learner, 10)}};
}

size_t Count(const LearnerSet& learners) {
  return static_cast<size_t>(std::count(learners.begin(), learners.end(), true));
}

LearnerSet Others(LearnerSet learners) {
  learners.flip();
  return learners;
}

// Who is judged in one of `folds` turns. By the id, so that every model meets the same learners in the same fold.
LearnerSet FoldOf(const recommend::RecordedResponses& responses, int fold, int folds) {
  LearnerSet members;
  for (const std::string& id : responses.learner_ids) {
    members.push_back(recommend::KeyOf(id) % static_cast<uint64_t>(folds) == static_cast<uint64_t>(fold));
  }
  return members;
}

// All predictions, and the mean of the other figures.
MasteryTrial Together(const std::vector<MasteryTrial>& trials) {
  MasteryTrial all;
  const double share = 1 / static_cast<double>(trials.size());
  for (const MasteryTrial& trial : trials) {
    all.predictions.insert(all.predictions.end(), trial.predictions.begin(), trial.predictions.end());
    all.learners += trial.learners;
    all.updates_per_second += share * trial.updates_per_second;
    all.bare_per_second += share * trial.bare_per_second;
    all.bytes_per_learner_concept += share * trial.bytes_per_learner_concept;
    all.bytes_per_learner += share * trial.bytes_per_learner;
  }
  return all;
}

}  // namespace

MasteryCommand::MasteryCommand(CLI::App& app)
    : command_(app.add_subcommand("mastery",
                                  "Fits the mastery model to some learners, and judges what it predicts of others")) {
  auto* const source = command_->add_option_group("answers", "Where they come from");
  source->add_option("--data", table_, "Recorded answers: .tsv or .tsv.gz, the columns of docs/mastery.md");
  source->add_option(
      "--events", events_,
      "What `edirae dump` writes; may be gzip. About a fifth of the learners, by their ids, is split=test");
  source->require_option(1);
  command_
      ->add_option("--folds", folds_,
                   "Instead of the file's split: judges every learner once, in so many parts by learner id; `folds` "
                   "lists them")
      ->check(CLI::Range(2, kMaxFolds));
  command_
      ->add_option("--weights", weights_,
                   "Instead of fitting: judges this file of edirae-fit, which must not know the learners that are "
                   "judged (edirae-fit --leave-out-test), or with `prior` what the platform ships with")
      ->check([](const std::string& path) { return path.empty() ? "names no file" : ""; });
  command_->footer(
      "Prints one JSON line: auc, log_loss, rmse, ece, cold_start_auc (of answers to items none of whose "
      "concepts,\n"
      "or without concepts which themselves, the learner had met),\n"
      "updates_per_second (one core; bare_per_second is its limit), bytes_per_learner_concept, answers, learners\n"
      "who were judged.");
}

absl::StatusOr<std::vector<LearnerSet>> MasteryCommand::JudgedOf(const recommend::RecordedResponses& responses,
                                                                 const std::string& path) const {
  std::vector<LearnerSet> judged;
  if (folds_ == 0) judged.push_back(responses.is_test);
  for (int fold = 0; fold < folds_; ++fold) judged.push_back(FoldOf(responses, fold, folds_));
  // Of few learners some fold may have none.
  if (folds_ > 0) std::erase_if(judged, [](const LearnerSet& it) { return Count(it) == 0; });
  if (judged.empty()) return absl::InvalidArgumentError(absl::StrCat(path, ": there are no learners"));
  for (const LearnerSet& it : judged) {
    if (Count(it) > 0 && (Count(it) < it.size() || !weights_.empty())) continue;
    return absl::InvalidArgumentError(absl::StrCat(
        path, ": no learner to ", Count(it) == 0 ? "judge" : "learn from",
        folds_ > 0 ? "; take more learners, or another number of folds" : "; take more learners, or --folds"));
  }
  return judged;
}

absl::Status MasteryCommand::Run() const {
  Progress progress;
  const std::string& path = events_.empty() ? table_ : events_;
  progress.Show(absl::StrCat("reads ", path));
  const auto responses = events_.empty() ? recommend::ReadRecordedResponses(path) : recommend::ReadExportedEvents(path);
  if (!responses.ok()) return responses.status();

  const auto judged = JudgedOf(*responses, path);
  if (!judged.ok()) return judged.status();

  int steps = 0;
  const auto weights_for = [&](const LearnerSet& test) -> absl::StatusOr<mastery::Weights> {
    if (!weights_.empty()) return recommend::ReadWeights(weights_);
    return mastery::Fit(responses->log, Others(test), {}, [&] { progress.Show(absl::StrCat("fits, step ", ++steps)); });
  };
  std::vector<MasteryTrial> trials;
  for (const LearnerSet& test : *judged) {
    const auto weights = weights_for(test);
    if (!weights.ok()) return weights.status();
    progress.Show("judges");
    trials.push_back(TryMastery(*weights, responses->log, test));
  }
  progress.Clear();

  Json line = ToJson(trials.front());
  if (folds_ > 0) {
    Json parts = Json::array();
    for (const MasteryTrial& trial : trials) parts.push_back(ToJson(trial));
    line = ToJson(Together(trials));
    line["folds"] = std::move(parts);
  }
  std::cout << line.dump() << '\n' << std::flush;
  return std::cout.good() ? absl::OkStatus() : absl::DataLossError("cannot write to standard output");
}

}  // namespace edirae::eval
