#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "services/catalog/domain/validate.h"
#include "services/catalog/domain/web_names.h"
#include "services/catalog/limits.h"

namespace edirae::catalog {
namespace {

class Resources {
 public:
  Resources(const Curriculum& curriculum, Checker& check)
      : curriculum_(curriculum), check_(check), ids_(check, "resource", "in the catalog") {}

  // What every resource has.
  void Check(const v1::Resource& resource, const Path& at) {
    check_.Slug(at.Field("resource_id"), "the resource id", resource.resource_id());
    ids_.See(at.Field("resource_id"), resource.resource_id());
    check_.Line(at.Field("title"), "the title", resource.title());
    check_.Sentences(at.Field("summary"), "the summary", resource.summary());
    if (resource.kind() == v1::RESOURCE_KIND_UNSPECIFIED) {
      check_.Add(at.Field("kind"), "the kind of the resource is not said", "write one, e.g. book");
    }
    if (!resource.author().empty()) check_.Sentences(at.Field("author"), "the author", resource.author());
    if (!resource.language_code().empty() && !IsLanguageTag(resource.language_code())) {
      check_.Add(at.Field("language_code"), absl::StrCat("'", resource.language_code(), "' is no language tag"),
                 "write a BCP 47 tag, e.g. en or pt-BR");
    }
    check_.Range(at.Field("estimated_minutes"), "minutes", resource.estimated_minutes(), 0,
                 limits::kMaxResourceMinutes);
    CheckUri(resource.uri(), at.Field("uri"));
    UniqueIds concepts(check_, "concept", "in one resource");
    for (int i = 0; i < resource.concept_ids_size(); ++i) {
      const Path path = at.Field("concept_ids", i);
      concepts.See(path, resource.concept_ids(i));
      curriculum_.CheckTaught(path, resource.concept_ids(i), check_);
    }
  }

  // What a concept's own resource has in addition.
  void CheckWhole(const v1::Resource& resource, const Path& at) {
    if (resource.concept_ids().empty()) check_.Add(at, "the resource belongs to no concept", "name the one it serves");
    if (resource.author().empty()) check_.Add(at.Field("author"), "the author is empty", "say who made it");
    if (resource.language_code().empty()) {
      check_.Add(at.Field("language_code"), "the language is empty", "write a BCP 47 tag, e.g. en");
    }
    if (resource.level() == v1::RESOURCE_LEVEL_UNSPECIFIED) {
      check_.Add(at.Field("level"), "the level is not said", "write beginner, intermediate or advanced");
    }
    if (resource.cost() == v1::RESOURCE_COST_UNSPECIFIED) {
      check_.Add(at.Field("cost"), "the cost is not said", "write free, paid or free_and_paid");
    }
    if (resource.estimated_minutes() == 0) {
      check_.Add(at.Field("estimated_minutes"), "minutes is 0", "estimate how long a learner needs");
    }
  }

 private:
  void CheckUri(absl::string_view uri, const Path& at) {
    if (uri.empty() || (uri.size() <= limits::kMaxUriLength && IsHttpsAddress(uri))) return;
    check_.Add(at, absl::StrCat("'", uri.substr(0, 100), "' is no address that can be linked to"),
               "write one that starts with https:// and has no spaces, or leave url out");
  }

  const Curriculum& curriculum_;
  Checker& check_;
  UniqueIds ids_;
};

}  // namespace

void CheckResources(const v1::RevisionContent& content, const Curriculum& curriculum, Checker& check) {
  Resources resources(curriculum, check);
  for (int r = 0; r < content.roadmaps_size(); ++r) {
    for (int s = 0; s < content.roadmaps(r).stages_size(); ++s) {
      const v1::Stage& stage = content.roadmaps(r).stages(s);
      const Path at = Path().Field("roadmaps", r).Field("stages", s);
      for (int i = 0; i < stage.resources_size(); ++i) {
        resources.Check(stage.resources(i), at.Field("resources", i));
      }
    }
  }
  for (int i = 0; i < content.resources_size(); ++i) {
    const Path at = Path().Field("resources", i);
    resources.Check(content.resources(i), at);
    resources.CheckWhole(content.resources(i), at);
  }
}

}  // namespace edirae::catalog
