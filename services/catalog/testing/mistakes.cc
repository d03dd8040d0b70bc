#include "services/catalog/testing/mistakes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/catalog/testing/content_tree.h"

namespace edirae::catalog::testing {

void PrintTo(const Mistake& mistake, std::ostream* out) { *out << mistake.name; }

void ExpectItsFindings(const Mistake& mistake) {
  ContentTree tree;
  tree.Replace(mistake.file, mistake.from, mistake.to);
  const std::vector<std::string> findings = FindingsIn(tree);
  ASSERT_THAT(findings, ::testing::SizeIs(mistake.findings.size())) << ::testing::PrintToString(findings);
  for (size_t i = 0; i < findings.size(); ++i) {
    EXPECT_THAT(findings[i], ::testing::StartsWith(mistake.findings[i]));
    EXPECT_THAT(findings[i], ::testing::HasSubstr("; ")) << "no remedy";
  }
}

}  // namespace edirae::catalog::testing
