#include "services/progress/domain/content_index.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/guessing/guess.h"
#include "common/status/macros.h"
#include "services/progress/domain/criterion_check.h"

namespace edirae::progress {
namespace {

absl::Status Bad(absl::string_view what, absl::string_view id, absl::string_view why) {
  return absl::InvalidArgumentError(absl::StrCat(what, " '", id, "' ", why));
}

std::vector<IndexedAncestor> AncestorsOf(absl::string_view concept_id, const Lineage& lineage) {
  std::vector<IndexedAncestor> indexed;
  for (Ancestor& ancestor : lineage.Of(concept_id)) {
    indexed.push_back({KeyOf(ancestor.concept_id), std::move(ancestor.sources), ancestor.inherits_mastery});
  }
  return indexed;
}

}  // namespace

absl::StatusOr<std::shared_ptr<const ContentIndex>> ContentIndex::Build(
    std::shared_ptr<const catalog::v1::RevisionContent> content, int64_t revision) {
  auto index = std::shared_ptr<ContentIndex>(new ContentIndex(std::move(content), revision));
  for (const auto& roadmap : index->content_->roadmaps()) EDIRAE_RETURN_IF_ERROR(index->AddRoadmap(roadmap));
  for (const auto& resource : index->content_->resources()) EDIRAE_RETURN_IF_ERROR(index->AddResource(resource));
  for (const auto& question : index->content_->questions()) EDIRAE_RETURN_IF_ERROR(index->AddQuestion(question));
  for (const auto& lesson : index->content_->lessons()) index->lessons_.insert(lesson.concept_id());
  for (const auto& card : index->content_->flashcards()) {
    if (!index->cards_.emplace(card.card_id(), &card).second) return Bad("flashcard", card.card_id(), "is there twice");
  }
  return index;
}

absl::Status ContentIndex::AddRoadmap(const catalog::v1::Roadmap& roadmap) {
  const auto [at, added] = roadmaps_.try_emplace(roadmap.roadmap_id());
  if (!added) return Bad("roadmap", roadmap.roadmap_id(), "is there twice");
  IndexedRoadmap& indexed = at->second;
  indexed.content = &roadmap;
  indexed.stages.reserve(static_cast<size_t>(roadmap.stages_size()));
  for (const auto& stage : roadmap.stages()) EDIRAE_RETURN_IF_ERROR(AddStage(roadmap, stage, indexed));
  return absl::OkStatus();
}

absl::Status ContentIndex::AddStage(const catalog::v1::Roadmap& roadmap, const catalog::v1::Stage& stage,
                                    IndexedRoadmap& indexed) {
  const Key key = KeyOfStage(roadmap.roadmap_id(), stage.stage_id());
  if (std::ranges::find(indexed.stages, key, &IndexedStage::key) != indexed.stages.end()) {
    return Bad("stage", stage.stage_id(), "is there twice, or shares its key with another");
  }
  IndexedStage& added_stage = indexed.stages.emplace_back();
  added_stage.content = &stage;
  added_stage.key = key;
  if (stage.has_gate_criterion()) {
    added_stage.gate = &stage.gate_criterion();
  } else if (roadmap.has_gate_criterion()) {
    added_stage.gate = &roadmap.gate_criterion();
  }
  if (stage.has_milestone()) {
    added_stage.milestone = KeyOf(stage.milestone().milestone_id());
    milestones_.emplace(stage.milestone().milestone_id(), &stage.milestone());
    const bool asked = added_stage.gate != nullptr && added_stage.gate->milestone_approved();
    if (asked) asked_milestones_.insert(stage.milestone().milestone_id());
  }
  for (const auto& content : stage.concepts()) {
    const auto& criterion = content.has_mastery_criterion() ? content.mastery_criterion() : roadmap.mastery_criterion();
    EDIRAE_RETURN_IF_ERROR(CheckCriterion(content.concept_id(), criterion));
    const Key concept_key = KeyOf(content.concept_id());
    const auto [at, added] = concepts_.try_emplace(concept_key, IndexedConcept{&content, &criterion, concept_key, {}});
    if (!added) return Bad("concept", content.concept_id(), "is there twice, or shares its key with another");
    at->second.ancestors = AncestorsOf(content.concept_id(), lineage_);
    added_stage.concepts.push_back(&at->second);
    if (!content.optional()) ++added_stage.required_count;
  }
  indexed.required_count += added_stage.required_count;
  for (const auto& resource : stage.resources()) EDIRAE_RETURN_IF_ERROR(AddResource(resource));
  return absl::OkStatus();
}

absl::Status ContentIndex::AddResource(const catalog::v1::Resource& resource) {
  const bool added = resources_.emplace(resource.resource_id(), &resource).second;
  return added ? absl::OkStatus() : Bad("resource", resource.resource_id(), "is there twice");
}

absl::Status ContentIndex::AddQuestion(const catalog::v1::KeyedQuestion& question) {
  const std::string& question_id = question.question().question_id();
  IndexedQuestion indexed{&question, KeyOf(question_id), GuessPermille(question.question()), {}};
  for (const std::string& concept_id : question.question().concept_ids()) {
    const IndexedConcept* found = FindConcept(concept_id);
    if (found == nullptr) return Bad("question", question_id, absl::StrCat("names the unknown concept ", concept_id));
    if (std::ranges::find(indexed.concepts, found) != indexed.concepts.end()) {
      return Bad("question", question_id, absl::StrCat("names the concept ", concept_id, " twice"));
    }
    indexed.concepts.push_back(found);
  }
  const Key key = indexed.key;
  if (!questions_.try_emplace(key, std::move(indexed)).second) {
    return Bad("question", question_id, "is there twice, or shares its key with another");
  }
  return absl::OkStatus();
}

const IndexedConcept* ContentIndex::FindConcept(absl::string_view concept_id) const {
  const auto at = concepts_.find(KeyOf(concept_id));
  return at != concepts_.end() && at->second.content->concept_id() == concept_id ? &at->second : nullptr;
}

const IndexedQuestion* ContentIndex::FindQuestion(absl::string_view question_id) const {
  const auto at = questions_.find(KeyOf(question_id));
  if (at == questions_.end() || at->second.content->question().question_id() != question_id) return nullptr;
  return &at->second;
}

const catalog::v1::Flashcard* ContentIndex::FindCard(absl::string_view card_id) const {
  const auto at = cards_.find(card_id);
  return at != cards_.end() ? at->second : nullptr;
}

const catalog::v1::Resource* ContentIndex::FindResource(absl::string_view resource_id) const {
  const auto at = resources_.find(resource_id);
  return at != resources_.end() ? at->second : nullptr;
}

const catalog::v1::Milestone* ContentIndex::FindMilestone(absl::string_view milestone_id) const {
  const auto at = milestones_.find(milestone_id);
  return at != milestones_.end() ? at->second : nullptr;
}

const IndexedRoadmap* ContentIndex::FindRoadmap(absl::string_view roadmap_id) const {
  const auto at = roadmaps_.find(roadmap_id);
  return at != roadmaps_.end() ? &at->second : nullptr;
}

}  // namespace edirae::progress
