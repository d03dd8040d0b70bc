#include "services/catalog/testing/publish.h"

#include <memory>
#include <utility>

namespace edirae::catalog::testing {

void Publish(Revisions& revisions, v1::RevisionContent content, absl::Time publish_time) {
  const auto before = revisions.Current();
  const int64_t number = before == nullptr ? 1 : before->revision.number() + 1;
  revisions.Show(std::make_shared<const Publication>(number, publish_time, std::move(content)));
}

}  // namespace edirae::catalog::testing
