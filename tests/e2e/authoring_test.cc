// What an author does, with the program `edirae` and a folder of content, on a running platform.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/testing/status_matchers.h"
#include "tests/e2e/run_as.h"
#include "tests/platform/one_sitting.h"
#include "tests/platform/platform.h"
#include "tests/platform/platform_fixture.h"

namespace edirae::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class AuthoringTest : public PlatformFixture {
 protected:
  void SetUp() override {
    PlatformOptions options;
    ASSERT_OK_AND_ASSIGN(options.content, ContentForOneSitting(deployed_));
    ASSERT_NO_FATAL_FAILURE(StartSplit(options));
    ASSERT_OK_AND_ASSIGN(content_, ContentForOneSitting(own_));
  }

  // Runs `edirae catalog …` as an author, or as whoever has `role`.
  Ended Catalog(std::vector<std::string> arguments, identity::v1::Role role = identity::v1::ROLE_AUTHOR) {
    arguments.insert(arguments.begin(), "catalog");
    return RunAs(*platform_, "teacher", role, std::move(arguments));
  }

  // Changes a file of the author's folder.
  void Edit(const std::string& file, const std::string& from, const std::string& to) {
    const std::filesystem::path path = std::filesystem::path(content_) / file;
    std::stringstream text;
    text << std::ifstream(path).rdbuf();
    const std::string edited = absl::StrReplaceAll(text.str(), {{from, to}});
    ASSERT_NE(edited, text.str()) << file << " does not have " << from;
    std::ofstream(path) << edited;
  }

  const TempFolder deployed_;
  const TempFolder own_;
  std::string content_;  // the author's folder
};

constexpr char kRoadmapFile[] = "music-theory/roadmap.yaml";

TEST_F(AuthoringTest, ComparesChecksPublishesAndRollsBack) {
  EXPECT_THAT(Catalog({"diff", "newest", content_}).output, HasSubstr("Nothing changed."));
  Edit(kRoadmapFile, "\ntitle: ", "\ntitle: New ");
  const Ended changed = Catalog({"diff", "1", content_});
  EXPECT_EQ(changed.status.code, 0) << changed.output;
  EXPECT_THAT(changed.output, HasSubstr("~ roadmap music-theory: title: "));
  EXPECT_THAT(changed.output, HasSubstr("1 changed."));

  const Ended checked = Catalog({"publish", content_, "--note", "A better title", "--validate-only"});
  EXPECT_EQ(checked.status.code, 0) << checked.output;
  EXPECT_THAT(checked.output, HasSubstr("It may be published."));
  EXPECT_THAT(Catalog({"revisions"}).output, Not(HasSubstr("revision 2")));

  const Ended published = Catalog({"publish", content_, "--note", "A better title"});
  EXPECT_EQ(published.status.code, 0) << published.output;
  EXPECT_THAT(published.output, HasSubstr("revision 2"));
  EXPECT_THAT(Catalog({"publish", content_, "--note", "Again"}).output, HasSubstr("has this content already"));
  const Ended moved = Catalog({"publish", content_, "--note", "Late", "--head", "1"});
  EXPECT_EQ(moved.status.code, 75) << moved.output;

  const Ended back = Catalog({"rollback", "1", "--note", "The old title was better"});
  EXPECT_EQ(back.status.code, 0) << back.output;
  EXPECT_THAT(back.output, HasSubstr("the content of revision 1"));
  EXPECT_THAT(Catalog({"diff", "1", "3"}).output, HasSubstr("Nothing changed."));
  EXPECT_THAT(Catalog({"diff", "2", "3"}).output, HasSubstr("~ roadmap music-theory: title: “New "));
  const std::string listed = Catalog({"revisions"}).output;
  EXPECT_THAT(listed, HasSubstr("by teacher"));
  EXPECT_THAT(listed, HasSubstr("A better title"));
  EXPECT_THAT(listed, HasSubstr("by deployment"));
  EXPECT_LT(listed.find("revision 3"), listed.find("revision 2")) << "newest first";
}

TEST_F(AuthoringTest, SaysInWhichFileAndLineAPublicationIsRefused) {
  Edit(kRoadmapFile, "min_distinct_correct: 3", "min_distinct_correct: 2");
  Edit("machine-learning/roadmap.yaml", "min_distinct_correct: 3", "min_distinct_correct: 2");
  const Ended refused = Catalog({"publish", content_, "--note", "Easier", "--validate-only"});
  EXPECT_EQ(refused.status.code, 1) << refused.output;
  EXPECT_THAT(refused.output, HasSubstr(absl::StrCat(content_, "/", kRoadmapFile, ":")));
  EXPECT_THAT(refused.output, HasSubstr("version 1 of the criterion 'one-sitting' was published with other numbers"));
  Edit(kRoadmapFile, "\nsummary: ", "\nsumary: ");
  const Ended broken = Catalog({"publish", content_, "--note", "Broken"});
  EXPECT_EQ(broken.status.code, 1);
  EXPECT_THAT(broken.output, HasSubstr("the content has mistakes")) << "found before anything is sent";
}

TEST_F(AuthoringTest, LearnersMayNeitherPublishNorReadKeys) {
  for (const std::vector<std::string>& arguments : {std::vector<std::string>{"publish", content_, "--note", "Mine"},
                                                    {"rollback", "1", "--note", "Mine"},
                                                    {"revisions"},
                                                    {"diff", "1", "newest"}}) {
    const Ended refused = Catalog(arguments, identity::v1::ROLE_LEARNER);
    EXPECT_EQ(refused.status.code, 77) << arguments[0] << refused.output;
  }
  EXPECT_EQ(Catalog({"diff", "1", "17"}).status.code, 66);
}

}  // namespace
}  // namespace edirae::testing
