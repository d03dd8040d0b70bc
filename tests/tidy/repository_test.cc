#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/tidy/files.h"
#include "tests/tidy/includes.h"
#include "tests/tidy/reasons.h"
#include "tests/tidy/tree.h"

namespace edirae::tidy {
namespace {

void ExpectNone(const std::vector<Finding>& findings) {
  for (const Finding& finding : findings) {
    ADD_FAILURE_AT(finding.path.c_str(), finding.line) << finding.rule << ": " << finding.message;
  }
}

class Repository : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto read = ReadTree(EDIRAE_SOURCE_FOLDER);
    ASSERT_TRUE(read.ok()) << read.status();
    tree = *read;
    ASSERT_THAT(tree, ::testing::Contains(::testing::Field(&SourceFile::path, "tests/tidy/repository_test.cc")));
  }

  Tree tree;
};

TEST_F(Repository, FollowsTheDependencyRule) { ExpectNone(CheckIncludes(tree)); }

TEST_F(Repository, FilesAreAsTheyMustBe) { ExpectNone(CheckFiles(tree)); }

TEST_F(Repository, ListsTheReasonOfEveryError) { ExpectNone(CheckReasons(tree)); }

TEST(ReadTree, SaysWhenGitCannotTell) { EXPECT_FALSE(ReadTree("/nowhere").ok()); }

}  // namespace
}  // namespace edirae::tidy
