// An author renames, splits, merges and removes concepts, regrets it and rolls back, while learners have credit.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/testing/eventually.h"
#include "common/testing/status_matchers.h"
#include "services/catalog/testing/content_tree.h"
#include "tests/e2e/answers.h"
#include "tests/e2e/run_as.h"
#include "tests/platform/platform_fixture.h"
#include "tests/platform/student.h"

namespace edirae::testing {
namespace {

using catalog::testing::ContentTree;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

constexpr char kBasics[] = "cooking/stages/basics.yaml";

// The roadmap as it was first: every concept is mastered with two right answers.
void TeachAtFirst(ContentTree& tree) {
  tree.Replace(kBasics, "  - water\n  - fire\n", "  - water\n  - fire\n  - salt\n  - pepper\n  - smoke\n  - steam\n");
  for (const char* id : {"salt", "pepper", "smoke", "steam"}) tree.AddConcept("cooking", id, "prerequisites: []");
}

// And after the author's great idea.
void TeachAnew(ContentTree& tree) {
  tree.Replace(kBasics, "  - water\n  - fire\n", "  - liquid\n  - flame\n  - ember\n  - spice\n");
  tree.Replace(kBasics, "concepts: [fire]", "concepts: [flame]");
  tree.Replace("cooking/roadmap.yaml", "concepts: [fire, soup]", "concepts: [flame, soup]");
  tree.Replace("cooking/concepts/soup/concept.yaml", "[water, fire]", "[liquid, flame]");
  for (const char* gone : {"cooking/concepts/water/", "cooking/concepts/fire/"}) {
    for (const std::string& file : tree.FilesIn(gone)) tree.Remove(file);
  }
  for (const char* id : {"liquid", "flame", "ember", "spice"}) tree.AddConcept("cooking", id, "prerequisites: []");
  tree["cooking/migrations.yaml"] = R"(- {from: water, to: [liquid], reason: Renamed.}
- {from: fire, to: [flame, ember], reason: Split.}
- {from: salt, to: [spice], reason: Merged.}
- {from: pepper, to: [spice], reason: Merged.}
- {from: smoke, to: [], reason: Removed.}
- {from: steam, to: [soup], into_existing: true, reason: Part of it.}
)";
}

class RollbackTest : public PlatformFixture {
 protected:
  void SetUp() override {
    TeachAtFirst(first_);
    TeachAnew(anew_);
    PlatformOptions options;
    options.content = first_.Write();
    ASSERT_NO_FATAL_FAILURE(StartSplit(options));
  }

  // Runs `edirae catalog …` as an author, and waits until all services are on `revision`.
  void PublishAs(int64_t revision, std::vector<std::string> arguments) {
    const Ended ended = Catalog(std::move(arguments));
    ASSERT_EQ(ended.status.code, 0) << ended.output;
    ASSERT_THAT(ended.output, HasSubstr(absl::StrCat("revision ", revision)));
    const Student anyone = NewStudent("anyone");
    ASSERT_TRUE(Eventually([&] { return RevisionOf(HomeOf(anyone)) == revision; }, absl::Seconds(20)));
  }

  Ended Catalog(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "catalog");
    return RunAs(*platform_, "teacher", identity::v1::ROLE_AUTHOR, std::move(arguments));
  }

  Student NewStudent(const std::string& id) const { return {*platform_, platform_->gateway().address(), id}; }

  static absl::StatusOr<learn::v1::Home> HomeOf(const Student& student) {
    learn::v1::GetHomeRequest request;
    request.set_roadmap_id("cooking");
    const auto response = student.session().Call(&cli::Session::Learn::Stub::GetHome, request);
    if (!response.ok()) return response.status();
    return response->home();
  }

  // The older of the two revisions by which progress and recommend answer; 0 when one does not.
  static int64_t RevisionOf(const absl::StatusOr<learn::v1::Home>& home) {
    if (!home.ok()) return 0;
    return std::min(home->progress().catalog_revision(), home->next_steps().catalog_revision());
  }

  // Gives right answers to every question of the concepts.
  void Master(const Student& student, const std::vector<std::string>& concepts) {
    ASSERT_OK_AND_ASSIGN(const auto sheet, AnswersOf(*platform_));
    for (const std::string& id : concepts) {
      ASSERT_OK_AND_ASSIGN(const auto questions, student.Questions(id));
      for (const auto& question : questions) {
        ASSERT_OK_AND_ASSIGN(const auto reply, sheet.Right(question.question_id()));
        ASSERT_OK(student.Answer(question.question_id(), reply, absl::StrCat("right-", ++answers_)));
      }
    }
  }

  // The concepts that count as mastered.
  static std::vector<std::string> MasteredBy(const Student& student) {
    std::vector<std::string> mastered;
    const auto home = HomeOf(student);
    EXPECT_OK(home);
    if (!home.ok()) return mastered;
    for (const auto& known : home->progress().concepts()) {
      if (known.status() == progress::v1::CONCEPT_STATUS_MASTERED) mastered.push_back(known.concept_id());
    }
    EXPECT_EQ(static_cast<int>(mastered.size()), home->progress().mastered_required_count());
    return mastered;
  }

  static bool HasAll(const Student& student) {
    const auto home = HomeOf(student);
    return home.ok() && home->progress().required_count() > 0 &&
           home->progress().mastered_required_count() == home->progress().required_count();
  }

  ContentTree first_, anew_;
  int answers_ = 0;
};

TEST_F(RollbackTest, LearnersKeepTheirCreditThereAndBack) {
  const Student before = NewStudent("before"), after = NewStudent("after"), between = NewStudent("between");
  Master(before, {"water", "fire", "salt", "pepper", "smoke", "steam", "soup"});
  EXPECT_TRUE(HasAll(before));
  Master(between, {"water", "salt"});

  PublishAs(2, {"publish", anew_.Write(), "--note", "A great idea"});
  EXPECT_TRUE(HasAll(before)) << "renamed, split and merged with everything mastered";
  EXPECT_THAT(MasteredBy(between), UnorderedElementsAre("liquid"));
  Master(between, {"flame"});
  Master(after, {"liquid", "flame", "ember", "spice", "soup"});
  EXPECT_TRUE(HasAll(after));

  PublishAs(3, {"rollback", "1", "--note", "No idea at all"});
  EXPECT_TRUE(HasAll(before));
  EXPECT_THAT(MasteredBy(after), UnorderedElementsAre("water", "fire", "salt", "pepper", "soup"));
  EXPECT_THAT(MasteredBy(between), UnorderedElementsAre("water", "salt")) << "a part of fire is not fire";
  ASSERT_OK_AND_ASSIGN(const auto home, HomeOf(after));
  for (const auto& suggestion : home.next_steps().suggestions()) {
    EXPECT_THAT(suggestion.concept_id(), ::testing::AnyOf("smoke", "steam", "garnish", "")) << "taught again";
  }

  Master(after, {"smoke", "steam"});
  EXPECT_TRUE(HasAll(after));
  Master(between, {"fire", "pepper", "smoke", "steam", "soup"});
  EXPECT_TRUE(HasAll(between));

  PublishAs(4, {"rollback", "2", "--note", "It was a great idea"});
  for (const Student* student : {&before, &after, &between}) EXPECT_TRUE(HasAll(*student)) << student->id();
}

TEST_F(RollbackTest, AConceptThatWasAddedSinceIsTheAuthorsToPlace) {
  ContentTree more;
  TeachAtFirst(more);
  more.Replace(kBasics, "  - steam\n", "  - steam\n  - mustard\n");
  more.AddConcept("cooking", "mustard", "prerequisites: []");
  const Student ada = NewStudent("ada");
  Master(ada, {"water", "fire", "salt", "smoke", "steam", "soup"});
  PublishAs(2, {"publish", more.Write(), "--note", "More spices"});
  Master(ada, {"mustard"});

  const Ended refused = Catalog({"rollback", "1", "--note", "Too hot"});
  EXPECT_EQ(refused.status.code, 1) << refused.output;
  EXPECT_THAT(refused.output, HasSubstr("the concept 'mustard' is no longer taught"));
  EXPECT_THAT(refused.output, HasSubstr("--migrate mustard="));
  const Ended unknown = Catalog({"rollback", "1", "--note", "Too hot", "--migrate", "mustard=chili"});
  EXPECT_EQ(unknown.status.code, 1) << unknown.output;
  EXPECT_THAT(unknown.output, HasSubstr("the target 'chili' is no concept"));

  PublishAs(3, {"rollback", "1", "--note", "Too hot", "--migrate", "mustard=pepper"});
  EXPECT_THAT(MasteredBy(ada), UnorderedElementsAre("water", "fire", "salt", "smoke", "steam", "soup"))
      << "pepper was there before: evidence alone moves";
  Master(ada, {"pepper"});
  EXPECT_TRUE(HasAll(ada));
}

}  // namespace
}  // namespace edirae::testing
