#include "services/catalog/domain/item_ids.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace edirae::catalog {

void CheckItemId(const Path& path, absl::string_view id, absl::string_view concept_id, Checker& check) {
  absl::string_view slug = id;
  if (absl::ConsumePrefix(&slug, concept_id) && absl::ConsumePrefix(&slug, ".")) {
    check.Slug(path, "the id", slug);
  } else {
    check.Add(path, absl::StrCat("the id '", id, "' does not start with its concept"),
              absl::StrCat("write ", concept_id, ".<slug>"));
  }
}

}  // namespace edirae::catalog
