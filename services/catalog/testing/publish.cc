#include "services/catalog/testing/publish.h"

#include <memory>
#include <utility>

namespace edirae::catalog::testing {

void Publish(Revisions& revisions, v1::RevisionContent content, absl::Time publish_time) {
  const auto before = revisions.Current();
  const int64_t number = before == nullptr ? 1 : before->revision.number() + 1;
  auto publication = std::make_shared<Publication>(number, std::move(content), before.get());
  publication->publish_time = publish_time;
  revisions.Show(std::move(publication));
}

}  // namespace edirae::catalog::testing
