#include "common/catalog_reads/search_documents.h"

#include "absl/strings/str_cat.h"
#include "common/catalog_reads/prerequisite_graph.h"
#include "edirae/catalog/v1/search.pb.h"

namespace edirae::catalog_reads {
namespace {

using catalog::v1::Resource;
using catalog::v1::Roadmap;
using catalog::v1::Stage;
using search::Document;

std::string GroupOf(const TaughtAt* at) { return at == nullptr ? std::string() : at->roadmap->roadmap_id(); }
std::string LabelOf(const TaughtAt* at) { return at == nullptr ? std::string() : at->content->title(); }

Document OfResource(const Resource& resource, const std::string& roadmap_id) {
  return {.kind = catalog::v1::SEARCH_KIND_RESOURCE,
          .group = roadmap_id,
          .id = resource.resource_id(),
          .parent = resource.concept_ids().empty() ? std::string() : resource.concept_ids(0),
          .title = resource.title(),
          .summary = resource.summary(),
          .text = resource.author()};
}

void VisitStage(const Stage& stage, const std::string& roadmap_id, const search::Visit& visit) {
  for (const catalog::v1::Concept& taught : stage.concepts()) {
    visit({.kind = catalog::v1::SEARCH_KIND_CONCEPT,
           .group = roadmap_id,
           .id = taught.concept_id(),
           .parent = taught.concept_id(),
           .title = taught.title(),
           .summary = taught.summary()});
  }
  for (const Resource& resource : stage.resources()) visit(OfResource(resource, roadmap_id));
  if (!stage.has_milestone()) return;
  visit({.kind = catalog::v1::SEARCH_KIND_MILESTONE,
         .group = roadmap_id,
         .id = stage.milestone().milestone_id(),
         .title = stage.milestone().title(),
         .text = stage.milestone().brief()});
}

Document OfLesson(const catalog::v1::Lesson& lesson, const TaughtAt* at) {
  std::string text = lesson.explanation();
  for (const catalog::v1::Misconception& it : lesson.misconceptions()) {
    absl::StrAppend(&text, "\n", it.belief(), "\n", it.correction());
  }
  return {.kind = catalog::v1::SEARCH_KIND_LESSON,
          .group = GroupOf(at),
          .id = lesson.concept_id(),
          .parent = lesson.concept_id(),
          .label = LabelOf(at),
          .text = std::move(text)};
}

Document OfQuestion(const catalog::v1::Question& question, const TaughtAt* at) {
  return {.kind = catalog::v1::SEARCH_KIND_QUESTION,
          .group = GroupOf(at),
          .id = question.question_id(),
          .parent = question.concept_ids(0),
          .label = LabelOf(at),
          .text = question.prompt()};
}

}  // namespace

void EachDocument(const catalog::v1::RevisionContent& content, const search::Visit& visit) {
  const ConceptPlaces places = PlacesOf(content);
  const auto place_of = [&](const std::string& concept_id) {
    const auto found = places.find(concept_id);
    return found == places.end() ? nullptr : &found->second;
  };
  for (const Roadmap& roadmap : content.roadmaps()) {
    visit({.kind = catalog::v1::SEARCH_KIND_ROADMAP,
           .group = roadmap.roadmap_id(),
           .id = roadmap.roadmap_id(),
           .title = roadmap.title(),
           .summary = roadmap.summary(),
           .text = roadmap.description()});
    for (const Stage& stage : roadmap.stages()) VisitStage(stage, roadmap.roadmap_id(), visit);
  }
  for (const catalog::v1::Lesson& lesson : content.lessons()) {
    visit(OfLesson(lesson, place_of(lesson.concept_id())));
  }
  for (const Resource& resource : content.resources()) {
    const bool owned = !resource.concept_ids().empty();
    visit(OfResource(resource, owned ? GroupOf(place_of(resource.concept_ids(0))) : std::string()));
  }
  for (const catalog::v1::KeyedQuestion& keyed : content.questions()) {
    const catalog::v1::Question& question = keyed.question();  // never the key
    if (question.concept_ids().empty()) continue;
    visit(OfQuestion(question, place_of(question.concept_ids(0))));
  }
}

}  // namespace edirae::catalog_reads
