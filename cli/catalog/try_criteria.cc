#include "cli/catalog/try_criteria.h"

#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/catalog/folder.h"
#include "cli/catalog/published.h"
#include "cli/client/render.h"
#include "cli/terminal/terminal.h"
#include "common/status/macros.h"
#include "services/catalog/load_content.h"

namespace edirae::cli {
namespace {

using catalog::v1::Roadmap;
using progress::v1::ChangedLearner;

constexpr int kLearnersAtOnce = 1000;

absl::StatusOr<const Roadmap*> FindRoadmap(const catalog::v1::RevisionContent& content, const std::string& roadmap_id,
                                           absl::string_view where) {
  for (const Roadmap& roadmap : content.roadmaps()) {
    if (roadmap.roadmap_id() == roadmap_id) return &roadmap;
  }
  return absl::NotFoundError(absl::StrCat(where, " has no roadmap ", roadmap_id, "; name one with --roadmap"));
}

// The criteria that hold for each concept and each stage of a roadmap; a stage without a gate criterion has an empty
// one.
struct Criteria {
  explicit Criteria(const Roadmap& roadmap) {
    for (const auto& stage : roadmap.stages()) {
      const auto& gate = stage.has_gate_criterion() ? stage.gate_criterion() : roadmap.gate_criterion();
      gates.emplace(stage.stage_id(), gate.SerializeAsString());
      for (const auto& known : stage.concepts()) {
        const auto& mastery = known.has_mastery_criterion() ? known.mastery_criterion() : roadmap.mastery_criterion();
        concepts.emplace(known.concept_id(), mastery.SerializeAsString());
      }
    }
  }
  absl::flat_hash_map<std::string, std::string> gates;
  absl::flat_hash_map<std::string, std::string> concepts;
};

// Whether the published criteria have the item, with other numbers.
bool Differs(const absl::flat_hash_map<std::string, std::string>& published, const std::string& id,
             const std::string& draft) {
  const auto found = published.find(id);
  return found != published.end() && found->second != draft;
}

void PrintChanged(const ChangedLearner& changed, const Style& style) {
  std::cout << style.Bold(changed.learner_id());
  const auto list = [&](absl::string_view what, const auto& ids) {
    if (!ids.empty()) std::cout << "  " << what << " " << absl::StrJoin(ids, ", ");
  };
  list("would have mastered", changed.gained_concept_ids());
  list("would not have mastered", changed.lost_concept_ids());
  list("would have passed", changed.gained_stage_ids());
  list("would not have passed", changed.lost_stage_ids());
  std::cout << "\n" << std::flush;
}

// Other roadmaps of the draft whose criteria differ, too.
std::vector<std::string> AlsoDiffer(const catalog::v1::RevisionContent& published,
                                    const catalog::v1::RevisionContent& draft, const std::string& roadmap_id) {
  std::vector<std::string> others;
  for (const Roadmap& roadmap : draft.roadmaps()) {
    if (roadmap.roadmap_id() == roadmap_id) continue;
    const auto trial = TrialOf(published, draft, roadmap.roadmap_id());
    if (trial.ok() && trial->concepts_size() + trial->gates_size() > 0) others.push_back(roadmap.roadmap_id());
  }
  return others;
}

void PrintSummary(const progress::v1::TryCriteriaRequest& trial, int changed, int learners) {
  std::cout << "criteria of " << trial.roadmap_id() << " that differ: " << trial.concepts_size() << " of concepts, "
            << trial.gates_size() << " of gates. Something would have come out differently for " << changed << " of "
            << learners << " learners" << (trial.page_token().empty() ? "." : "; there are more learners: --most")
            << "\n";
  if (changed > 0 && trial.concepts_size() + trial.gates_size() == 0) {
    std::cout << "The folder has the criteria that are published: that comes from others, which held before.\n";
  }
}

}  // namespace

absl::StatusOr<progress::v1::TryCriteriaRequest> TrialOf(const catalog::v1::RevisionContent& published,
                                                         const catalog::v1::RevisionContent& draft,
                                                         const std::string& roadmap_id) {
  EDIRAE_ASSIGN_OR_RETURN(const Roadmap* today, FindRoadmap(published, roadmap_id, "the platform"));
  EDIRAE_ASSIGN_OR_RETURN(const Roadmap* tried, FindRoadmap(draft, roadmap_id, "the folder"));
  const Criteria before(*today), after(*tried);
  progress::v1::TryCriteriaRequest request;
  request.set_roadmap_id(roadmap_id);
  for (const auto& stage : tried->stages()) {
    const std::string& gate = after.gates.at(stage.stage_id());
    if (Differs(before.gates, stage.stage_id(), gate)) {
      auto& trial = *request.add_gates();
      trial.set_stage_id(stage.stage_id());
      if (!gate.empty()) trial.mutable_criterion()->ParseFromString(gate);
    }
    for (const auto& known : stage.concepts()) {
      const std::string& mastery = after.concepts.at(known.concept_id());
      if (!Differs(before.concepts, known.concept_id(), mastery)) continue;
      auto& trial = *request.add_concepts();
      trial.set_concept_id(known.concept_id());
      trial.mutable_criterion()->ParseFromString(mastery);
    }
  }
  return request;
}

absl::Status TryCriteria(const Session& session, const std::string& folder, int most) {
  EDIRAE_RETURN_IF_ERROR(CheckFolder(folder));
  EDIRAE_ASSIGN_OR_RETURN(const auto draft, catalog::LoadGoodContent(folder));
  EDIRAE_ASSIGN_OR_RETURN(const auto published, FetchContent(session, 0));
  EDIRAE_ASSIGN_OR_RETURN(auto request, TrialOf(published, draft, session.settings().roadmap));
  const Style style = Style::ForStdout();
  int learners = 0, changed = 0;
  do {
    request.set_page_size(std::min(most - learners, kLearnersAtOnce));
    EDIRAE_ASSIGN_OR_RETURN(const auto page, session.Call(&Session::Criteria::Stub::TryCriteria, request));
    learners += page.learner_count();
    changed += page.changed_size();
    if (session.settings().json) std::cout << ToJson(page, false) << "\n" << std::flush;
    for (const ChangedLearner& learner : page.changed()) {
      if (!session.settings().json) PrintChanged(learner, style);
    }
    request.set_page_token(page.next_page_token());
  } while (learners < most && !request.page_token().empty());
  if (session.settings().json) return absl::OkStatus();
  PrintSummary(request, changed, learners);
  for (const std::string& other : AlsoDiffer(published, draft, request.roadmap_id())) {
    std::cout << "The folder has other criteria for " << other << ", too: --roadmap " << other << "\n";
  }
  return absl::OkStatus();
}

}  // namespace edirae::cli
