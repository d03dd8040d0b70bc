// Generated catalogs: large ones are read whole, and always the same.
#include <gtest/gtest.h>

#include <set>

#include "common/testing/temp_folder.h"
#include "services/catalog/load_content.h"
#include "services/catalog/testing/generated_catalog.h"

namespace edirae::catalog {
namespace {

using edirae::testing::TempFolder;
using testing::CatalogSize;
using testing::WriteGeneratedCatalog;

constexpr CatalogSize kSize{.roadmaps = 3, .concepts = 100, .questions = 1000};

TEST(GeneratedCatalog, HasNoMistakes) {
  const TempFolder folder;
  WriteGeneratedCatalog(folder.path(), kSize, 1);
  const LoadedContent loaded = LoadContent(folder.path());
  EXPECT_TRUE(loaded.findings.empty()) << ToString(loaded.findings);
  EXPECT_EQ(loaded.content.lessons_size(), kSize.concepts);
  EXPECT_EQ(loaded.content.questions_size(), kSize.questions);
  std::set<v1::QuestionKind> kinds;
  for (const v1::KeyedQuestion& keyed : loaded.content.questions()) kinds.insert(keyed.question().kind());
  EXPECT_EQ(kinds.size(), v1::QuestionKind_ARRAYSIZE - 1) << "every kind but unspecified";
}

TEST(GeneratedCatalog, IsTheSameForTheSameSeed) {
  const TempFolder one, same, other;
  WriteGeneratedCatalog(one.path(), kSize, 7);
  WriteGeneratedCatalog(same.path(), kSize, 7);
  WriteGeneratedCatalog(other.path(), kSize, 8);
  const std::string content = LoadContent(one.path()).content.SerializeAsString();
  EXPECT_EQ(LoadContent(same.path()).content.SerializeAsString(), content);
  EXPECT_NE(LoadContent(other.path()).content.SerializeAsString(), content);
}

}  // namespace
}  // namespace edirae::catalog
