#include "gateway/catalog/newest_catalog.h"

#include <gtest/gtest.h>

#include "common/status/error.h"
#include "gateway/testing/sample_revision.h"

namespace edirae::gateway {
namespace {

std::shared_ptr<const CatalogRevision> Revision(int64_t number) {
  return std::make_shared<const CatalogRevision>(testing::SampleRevision(number));
}

TEST(NewestCatalog, HasNothingBeforeTheFirstRevisionAndThenTheNewest) {
  NewestCatalog newest;
  EXPECT_EQ(ErrorInfoOf(newest.Get().status()).reason(), "CATALOG_NOT_LOADED");
  newest.Set(Revision(1));
  const auto held = newest.Get();
  newest.Set(Revision(2));
  EXPECT_EQ((*held)->revision(), 1);
  EXPECT_EQ((*newest.Get())->revision(), 2);
}

}  // namespace
}  // namespace edirae::gateway
