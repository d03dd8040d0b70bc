#include <algorithm>
#include <numeric>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "common/guessing/known_share.h"
#include "services/catalog/domain/validate.h"
#include "services/catalog/limits.h"

namespace edirae::catalog {
namespace {

constexpr double kRounding = 1e-9;

std::string Percent(double share) { return absl::StrCat(static_cast<int>(share * 100 + kRounding), " %"); }

// Criteria by id and version: decisions store only these two, so they must always mean the same.
template <class Criterion>
class Versions {
 public:
  explicit Versions(Checker& check) : check_(check) {}

  void See(const Criterion& criterion, const Path& path) {
    check_.Slug(path.Field("criterion_id"), "the criterion id", criterion.criterion_id());
    check_.Range(path.Field("version"), "version", criterion.version(), 1, INT32_MAX);
    const auto [known, is_new] =
        by_version_.try_emplace({criterion.criterion_id(), criterion.version()}, &criterion, path);
    if (is_new || known->second.first->SerializeAsString() == criterion.SerializeAsString()) return;
    check_.Add(path.Field("version"),
               absl::StrCat("version ", criterion.version(), " of the criterion '", criterion.criterion_id(),
                            "' has other numbers at ", ToString(check_.At(known->second.second))),
               "raise the version, or give it an id of its own");
  }

 private:
  Checker& check_;
  absl::flat_hash_map<std::pair<std::string, int>, std::pair<const Criterion*, Path>> by_version_;
};

void CheckWindow(const v1::MasteryCriterion& criterion, const Path& path, Checker& check) {
  const bool looked_at = criterion.min_correct_in_window() > 0 || criterion.min_accuracy() > 0;
  check.Range(path.Field("min_correct_in_window"), "min_correct_in_window", criterion.min_correct_in_window(), 0,
              limits::kMaxCriterionWindow);
  check.Range(path.Field("window"), "window", criterion.window(), looked_at ? 1 : 0, limits::kMaxCriterionWindow);
  if (!looked_at && criterion.window() > 0) {
    check.Add(path.Field("window"), "no clause looks at the window",
              "write min_accuracy or min_correct_in_window, or remove window");
  }
  if (looked_at && criterion.window() < criterion.min_correct_in_window()) {
    check.Add(path.Field("window"),
              absl::StrCat("the criterion cannot be met: ", criterion.min_correct_in_window(), " of the last ",
                           criterion.window(), " answers cannot be right"),
              "raise window or lower min_correct_in_window");
  }
}

// False, and reported, unless `value` is a share below 1.
bool CheckShare(const Path& path, absl::string_view what, double value, Checker& check) {
  if (value >= 0 && value < 1) return true;  // and no NaN
  check.Add(path, absl::StrCat(what, " is ", value), "give a share from 0 to below 1, e.g. 0.6");
  return false;
}

void CheckLapse(const v1::MasteryCriterion& criterion, const Path& path, Checker& check) {
  const Path at = path.Field("lapse_below");
  if (!CheckShare(at, "lapse_below", criterion.lapse_below(), check) || criterion.lapse_below() == 0) return;
  if (criterion.lapse_below() > criterion.min_accuracy()) {
    check.Add(at,
              absl::StrCat("mastery would come and go: lapse_below is ", criterion.lapse_below(), " and min_accuracy ",
                           criterion.min_accuracy()),
              "make lapse_below the smaller of the two");
    return;
  }
  const double all_wrong = PossiblyKnown({.right = 0, .count = std::max(criterion.window(), 1)});
  if (criterion.window() > 0 && all_wrong >= criterion.lapse_below()) {
    check.Add(at,
              absl::StrCat("mastery can never lapse: ", criterion.window(), " wrong answers of ", criterion.window(),
                           " leave ", Percent(all_wrong), " possible"),
              "raise window or lapse_below, or remove lapse_below");
  }
}

void CheckMastery(const v1::MasteryCriterion& criterion, const Path& path, Checker& check) {
  check.Range(path.Field("min_distinct_correct"), "min_distinct_correct", criterion.min_distinct_correct(), 1,
              INT32_MAX);
  check.Range(path.Field("right_again_after_hours"), "right_again_after_hours", criterion.right_again_after_hours(), 0,
              limits::kMaxRightAgainHours);
  CheckShare(path.Field("min_accuracy"), "min_accuracy", criterion.min_accuracy(), check);
  CheckWindow(criterion, path, check);
  CheckLapse(criterion, path, check);
}

// What a whole window of right answers would surely prove, on the questions that are hardest to guess.
double MostKnown(const TaughtConcept& taught, int window) {
  std::vector<int> guesses = taught.guesses;
  std::ranges::sort(guesses);
  guesses.resize(std::min(guesses.size(), static_cast<size_t>(window)));
  if (guesses.empty()) return 0;
  const int sum = std::accumulate(guesses.begin(), guesses.end(), 0);
  return SurelyKnown(
      {.right = window, .count = window, .guess_permille_sum = sum * window / static_cast<int>(guesses.size())});
}

// Whether somebody who knows everything can meet the criterion.
void CheckCanBeMet(const v1::MasteryCriterion& criterion, const TaughtConcept& taught, Checker& check) {
  const int questions = static_cast<int>(taught.guesses.size());
  if (criterion.min_distinct_correct() > questions) {
    check.Add(taught.path.Field("question_count"),
              absl::StrCat("the criterion cannot be met: it asks for ", criterion.min_distinct_correct(),
                           " different questions answered right, and the concept has ", questions),
              "write more questions, or give the concept a criterion of its own");
    return;
  }
  if (criterion.window() < 1 || criterion.window() > limits::kMaxCriterionWindow) return;
  const double most = MostKnown(taught, criterion.window());
  if (criterion.min_accuracy() <= most + kRounding) return;
  check.Add(
      taught.path.Field("question_count"),
      absl::StrCat("the criterion cannot be met: ", criterion.window(), " right answers of ", criterion.window(),
                   " prove that ", Percent(most), " is known, and it asks for ", Percent(criterion.min_accuracy())),
      "raise window, lower min_accuracy, or write questions that are harder to guess");
}

void CheckGates(const v1::Roadmap& roadmap, const Path& path, Versions<v1::GateCriterion>& gates, Checker& check) {
  if (roadmap.has_gate_criterion()) gates.See(roadmap.gate_criterion(), path.Field("gate_criterion"));
  for (int s = 0; s < roadmap.stages_size(); ++s) {
    const v1::Stage& stage = roadmap.stages(s);
    const Path at = path.Field("stages", s);
    if (stage.has_gate_criterion()) gates.See(stage.gate_criterion(), at.Field("gate_criterion"));
    const v1::GateCriterion& gate = stage.has_gate_criterion() ? stage.gate_criterion() : roadmap.gate_criterion();
    if (gate.milestone_approved() && stage.milestone().milestone_id().empty()) {
      check.Add(at, "the gate cannot open: it asks for the approval of a milestone that the stage does not have",
                "write the milestone, or a gate_criterion of the stage");
    }
  }
}

}  // namespace

void CheckCriteria(const v1::RevisionContent& content, const Curriculum& curriculum, Checker& check) {
  Versions<v1::MasteryCriterion> versions(check);
  Versions<v1::GateCriterion> gates(check);
  const auto see = [&](const v1::MasteryCriterion& criterion, const Path& path) {
    versions.See(criterion, path);
    CheckMastery(criterion, path, check);
  };
  for (int i = 0; i < content.roadmaps_size(); ++i) {
    const Path path = Path().Field("roadmaps", i);
    see(content.roadmaps(i).mastery_criterion(), path.Field("mastery_criterion"));
    CheckGates(content.roadmaps(i), path, gates, check);
  }
  for (const TaughtConcept& taught : curriculum.concepts()) {
    const bool own = taught.content->has_mastery_criterion();
    if (own) see(taught.content->mastery_criterion(), taught.path.Field("mastery_criterion"));
    CheckCanBeMet(own ? taught.content->mastery_criterion() : taught.roadmap->mastery_criterion(), taught, check);
  }
}

}  // namespace edirae::catalog
