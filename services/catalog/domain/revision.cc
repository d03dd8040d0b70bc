#include "services/catalog/domain/revision.h"

#include <algorithm>
#include <utility>

#include "services/catalog/domain/shuffle.h"

namespace edirae::catalog {
namespace {

v1::Roadmap HeadOf(const v1::Roadmap& roadmap) {
  v1::Roadmap head = roadmap;
  head.clear_stages();
  head.clear_career_paths();
  head.clear_tips();
  head.clear_faq();
  return head;
}

}  // namespace

Revision::Revision(int64_t number, v1::RevisionContent content) : number_(number), content_(std::move(content)) {
  for (const v1::Roadmap& roadmap : content_.roadmaps()) roadmaps_.push_back(&roadmap);
  std::sort(roadmaps_.begin(), roadmaps_.end(),
            [](const v1::Roadmap* a, const v1::Roadmap* b) { return a->roadmap_id() < b->roadmap_id(); });
  for (v1::KeyedQuestion& keyed : *content_.mutable_questions()) ShuffleItems(keyed);
  IndexConcepts();
  IndexResources();
  IndexItems();
  IndexLessons();
  FillCounts();
  for (const v1::Roadmap* roadmap : roadmaps_) roadmap_heads_.push_back(HeadOf(*roadmap));
}

void Revision::IndexConcepts() {
  for (const v1::Roadmap& roadmap : content_.roadmaps()) {
    for (const v1::Stage& stage : roadmap.stages()) {
      for (const v1::Concept& taught : stage.concepts()) {
        concepts_.try_emplace(taught.concept_id(), ConceptEntry{&roadmap, &stage, &taught, 0, {}, {}, nullptr});
      }
    }
  }
}

void Revision::IndexResources() {
  for (const v1::Resource& resource : content_.resources()) {
    if (resource.concept_ids().empty()) continue;
    if (const auto owner = concepts_.find(resource.concept_ids(0)); owner != concepts_.end()) {
      owner->second.resources.push_back(&resource);
    }
  }
  for (const v1::Roadmap& roadmap : content_.roadmaps()) {
    for (const v1::Stage& stage : roadmap.stages()) {
      for (const v1::Resource& resource : stage.resources()) {
        for (const std::string& id : resource.concept_ids()) {
          if (const auto found = concepts_.find(id); found != concepts_.end()) {
            found->second.resources.push_back(&resource);
          }
        }
      }
    }
  }
  for (auto& [id, entry] : concepts_) {
    for (const v1::Resource& resource : entry.stage->resources()) {
      if (resource.concept_ids().empty()) entry.resources.push_back(&resource);
    }
  }
}

void Revision::IndexItems() {
  for (const v1::KeyedQuestion& keyed : content_.questions()) {
    for (const std::string& id : keyed.question().concept_ids()) {
      if (const auto found = concepts_.find(id); found != concepts_.end()) ++found->second.question_count;
    }
  }
  for (const v1::Flashcard& card : content_.flashcards()) {
    if (const auto owner = concepts_.find(card.concept_id()); owner != concepts_.end()) {
      owner->second.flashcards.push_back(&card);
    }
  }
}

void Revision::IndexLessons() {
  for (const v1::Lesson& lesson : content_.lessons()) {
    if (const auto taught = concepts_.find(lesson.concept_id()); taught != concepts_.end()) {
      taught->second.lesson = &lesson;
    }
  }
}

void Revision::FillCounts() {
  for (v1::Roadmap& roadmap : *content_.mutable_roadmaps()) {
    for (v1::Stage& stage : *roadmap.mutable_stages()) {
      for (v1::Concept& taught : *stage.mutable_concepts()) {
        const ConceptEntry& entry = concepts_.at(taught.concept_id());
        taught.set_question_count(entry.question_count);
        taught.set_flashcard_count(static_cast<int>(entry.flashcards.size()));
      }
    }
  }
}

const v1::Roadmap* Revision::FindRoadmap(absl::string_view roadmap_id) const {
  const auto found = std::lower_bound(
      roadmaps_.begin(), roadmaps_.end(), roadmap_id,
      [](const v1::Roadmap* roadmap, absl::string_view id) { return absl::string_view(roadmap->roadmap_id()) < id; });
  return found != roadmaps_.end() && absl::string_view((*found)->roadmap_id()) == roadmap_id ? *found : nullptr;
}

const v1::Stage* Revision::FindStage(absl::string_view roadmap_id, absl::string_view stage_id) const {
  const v1::Roadmap* roadmap = FindRoadmap(roadmap_id);
  if (roadmap == nullptr) return nullptr;
  for (const v1::Stage& stage : roadmap->stages()) {
    if (absl::string_view(stage.stage_id()) == stage_id) return &stage;
  }
  return nullptr;
}

const ConceptEntry* Revision::FindConcept(absl::string_view concept_id) const {
  const auto found = concepts_.find(concept_id);
  return found == concepts_.end() ? nullptr : &found->second;
}

}  // namespace edirae::catalog
