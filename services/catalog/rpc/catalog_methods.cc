#include "services/catalog/rpc/catalog_methods.h"

#include <memory>

#include "absl/status/statusor.h"
#include "common/catalog_reads/read_methods.h"
#include "common/catalog_reads/search_method.h"
#include "services/catalog/errors.h"

namespace edirae::catalog {

void AddCatalogMethods(Revisions& revisions, rpc::MethodTable& methods) {
  using NewestAnswers = std::shared_ptr<const catalog_reads::CatalogAnswers>;
  const auto newest = [&revisions]() -> absl::StatusOr<NewestAnswers> {
    const std::shared_ptr<const Publication> current = revisions.Current();
    if (current == nullptr) return errors::NoRevision();
    return NewestAnswers(current, &current->answers);
  };
  catalog_reads::AddReadMethods("edirae.catalog.v1.CatalogService", newest, methods);
  methods.Add(kSearch, catalog_reads::SearchMethod(newest, revisions.searcher()));
}

}  // namespace edirae::catalog
