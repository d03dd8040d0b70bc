// Content that wants to cost time or memory, or to lead out of its folder. Each is refused by a message, within bounds.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/catalog/testing/child_load.h"
#include "services/catalog/testing/content_tree.h"
#include "services/catalog/testing/cooking_files.h"

namespace edirae::catalog {
namespace {

namespace fs = std::filesystem;
using testing::ContentTree;
using ::testing::HasSubstr;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr double kMaxMegabytes = 1000;
constexpr double kMaxSeconds = 60;
#else
constexpr double kMaxMegabytes = 200;
constexpr double kMaxSeconds = 5;  // of processor time
#endif

constexpr int kMegabyte = 1024 * 1024;

std::string Repeat(const std::string& piece, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += piece;
  return text;
}

// Something bad in a good tree: in its texts, or in its folder once it is written.
struct BadInput {
  std::string name;
  std::function<void(ContentTree& tree)> spoil_text;
  std::function<void(const fs::path& folder)> spoil_folder;
  std::string finding;  // part of one
};

void PrintTo(const BadInput& input, std::ostream* out) { *out << input.name; }

BadInput Text(const std::string& name, const char* file, const std::string& text, const std::string& finding) {
  return {name, [file, text](ContentTree& tree) { tree[file] = text; }, nullptr, finding};
}

BadInput Folder(const std::string& name, std::function<void(const fs::path&)> spoil, const std::string& finding) {
  return {name, nullptr, std::move(spoil), finding};
}

// Instead of the file, something else under its name.
BadInput Instead(const std::string& name, const char* file, const std::function<void(const fs::path&)>& make,
                 const std::string& finding) {
  return Folder(
      name,
      [file, make](const fs::path& folder) {
        fs::remove_all(folder / file);
        make(folder / file);
      },
      absl::StrCat(file, ":1:1: ", finding));
}

std::string AliasBomb() {
  std::string bomb = "a0: &a0 [x, x]\n";
  for (int i = 1; i < 60; ++i) absl::StrAppend(&bomb, "a", i, ": &a", i, " [*a", i - 1, ", *a", i - 1, "]\n");
  return bomb;
}

std::string NestedMaps(int depth) {
  std::string text;
  for (int i = 0; i < depth; ++i) absl::StrAppend(&text, std::string(static_cast<size_t>(i), ' '), "a:\n");
  return text;
}

std::string ManyKeys() {
  std::string text;
  for (int i = 0; static_cast<int>(text.size()) < kMegabyte - 20; ++i) absl::StrAppend(&text, "k", i, ": 1\n");
  return text;
}

std::string Lesson(const std::string& body) {
  return absl::StrCat("## Why\n\n<b>\n\n", body, "\n\n## Worked example\n\nOne.\n\n## Check yourself\n\nWhat?\n");
}

const BadInput kTexts[] = {
    Text("AliasBomb", kWater, AliasBomb(), "water/concept.yaml:2:10: aliases (*name) are not allowed"),
    Text("InvalidUtf8", kWaterLesson, Lesson("a\xC3("), "explanation.md:5:2: the bytes here are no UTF-8"),
    Text("Utf16", kWater, std::string("\xFF\xFEi\0d\0", 6), "concept.yaml:1:1: the bytes here are no UTF-8"),
    Text("Utf16WithoutMark", kWater, std::string("i\0d\0:\0", 6), "concept.yaml:1:2: there is a control character"),
    Text("NulInYaml", kWater, std::string("id: wa\0ter\n", 11), "concept.yaml:1:7: there is a control character"),
    Text("NulInLesson", kWaterLesson, Lesson(std::string("a\0b", 3)),
         "explanation.md:5:2: there is a control character"),
    Text("EscapeInYaml", kWater, "id: \x1B[2Jwater\n", "concept.yaml:1:5: there is a control character"),
    Text("DeepMaps", kWater, NestedMaps(1000), "concept.yaml:17:17: lists and mappings lie too deep"),
    Text("DeepLists", kWaterQuestions, Repeat("- ", kMegabyte / 2 - 2),
         "questions.yaml:1:33: lists and mappings lie too deep"),
    Text("DeepFlowLists", kWaterQuestions, Repeat("[", kMegabyte - 2),
         "questions.yaml:1:17: lists and mappings lie too deep"),
    Text("DeepFlowMaps", kWaterQuestions, Repeat("{", kMegabyte - 2),
         "questions.yaml:1:2: a key is a list or a mapping"),
    Text("DeepKeys", kWaterQuestions, Repeat("? ", kMegabyte / 2 - 2),
         "questions.yaml:1:3: a key is a list or a mapping"),
    Text("LongLine", kWater, absl::StrCat("id: water\ntitle: ", std::string(kMegabyte - 100, 'x'), "\n"),
         "concept.yaml:2:8: the title has 1048476 characters; shorten it to 120"),
    Text("LongKey", kWater, absl::StrCat("? ", std::string(kMegabyte - 100, 'x'), "\n: 1\n"),
         "concept.yaml:1:3: the concept knows no key 'xxx"),
    Text("ManyKeys", kWater, ManyKeys(), "concept.yaml:65:1: the mapping has too many keys; keep to 64"),
    Text("ManyEntries", kWaterQuestions, Repeat("-\n", kMegabyte / 2 - 2),
         "the list has too many entries; keep to 10000"),
    Text("ManyFlowEntries", kWaterQuestions, absl::StrCat("[", Repeat("a,", kMegabyte / 2 - 2), "]"),
         "the list has too many entries"),
    Text("ManyMistakes", kWaterQuestions, Repeat("- !x &y z\n", kMegabyte / 10 - 2),
         "there are too many mistakes to read on"),
    Text("RepeatedKey", kWater, "id: water\nid: fire\n", "concept.yaml:2:1: the key 'id' is given twice"),
    Text("TabForIndent", kWater, "id: water\nresources:\n\t- id: a\n",
         "concept.yaml:3:1: this is no YAML: found character that cannot start any token"),
    Text("SeveralDocuments", kWater, "id: water\n---\nid: fire\n", "concept.yaml:2:1: a second document starts here"),
    Text("Tag", kWater, "id: !!python/object:os.system water\n", "concept.yaml:1:5: tags (!name) are not allowed"),
    Text("ManyDirectives", kWater, Repeat("%TAG !a! b\n", kMegabyte / 11 - 2), "concept.yaml:2:1: this is no YAML"),
    Text("LargeQuestionList", kWaterQuestions, Repeat("- {}\n", 10'000), "the question has no 'prompt'"),
};

// What is slow in cmark is slow in the square of the length, which is why lessons are bounded.
const BadInput kLessons[] = {
    Text("Quotes", kWaterLesson, Lesson(Repeat(">", 33'000)), "explanation.md:3:1: there is raw HTML"),
    Text("QuotesInEachLine", kWaterLesson, Lesson(Repeat(Repeat(">", 190) + "a\n", 200)), "there is raw HTML"),
    Text("Lists", kWaterLesson, Lesson(Repeat("- ", 13'000) + "a"), "there is raw HTML"),
    Text("IndentedLists", kWaterLesson, Lesson(Repeat("* a\n ", 7'000)), "there is raw HTML"),
    Text("Brackets", kWaterLesson, Lesson(Repeat("[", 33'000)), "there is raw HTML"),
    Text("BracketPairs", kWaterLesson, Lesson(Repeat("[a](", 9'500)), "there is raw HTML"),
    Text("Images", kWaterLesson, Lesson(Repeat("![[]()", 6'000)), "there is raw HTML"),
    Text("Stars", kWaterLesson, Lesson(Repeat("*a **a ", 5'500)), "there is raw HTML"),
    Text("Backticks", kWaterLesson, Lesson(Repeat("`a``", 9'500)), "there is raw HTML"),
    Text("Angles", kWaterLesson, Lesson(Repeat("<?", 13'000)), "there is raw HTML"),
    Text("Declarations", kWaterLesson, Lesson("a " + Repeat("<!A ", 9'500)), "there is raw HTML"),
    Text("References", kWaterLesson, Lesson(Repeat("[a]: u\n", 5'000) + Repeat("[a]", 1'000)), "there is raw HTML"),
    Text("Html", kWaterLesson, Lesson("a " + Repeat("<b>", 12'000)), "there is raw HTML"),
};

void Put(const fs::path& file, const std::string& text) { std::ofstream(file, std::ios::binary) << text; }

void MakeSparse(const fs::path& file) {
  Put(file, "id: water\n");
  fs::resize_file(file, 1024LL * kMegabyte);
}

const BadInput kFolders[] = {
    Instead("GigabyteOfYaml", kWater, MakeSparse, "the file has more than 1048576 bytes"),
    Instead("GigabyteOfLesson", kWaterLesson, MakeSparse, "the file has more than 1048576 bytes"),
    Instead(
        "LinkOutOfTheFolder", kWaterLesson, [](const fs::path& at) { fs::create_symlink("/etc/passwd", at); },
        "this is a link, which is not followed"),
    Instead(
        "LinkInACircle", kWater, [](const fs::path& at) { fs::create_symlink("concept.yaml", at); },
        "this is a link, which is not followed"),
    Instead(
        "LinkToADevice", kWater, [](const fs::path& at) { fs::create_symlink("/dev/zero", at); },
        "this is a link, which is not followed"),
    Instead(
        "LinkedConcept", "cooking/concepts/water", [](const fs::path& at) { fs::create_symlink("fire", at); },
        "this is a link, which is not followed"),
    Instead(
        "LinkedConcepts", "cooking/concepts", [](const fs::path& at) { fs::create_symlink("..", at); },
        "this is a link, which is not followed"),
    Instead(
        "LinkedRoadmap", "baking", [](const fs::path& at) { fs::create_symlink(".", at); },
        "this is a link, which is not followed"),
    Instead(
        "Pipe", kWater, [](const fs::path& at) { ASSERT_EQ(mkfifo(at.c_str(), 0644), 0); }, "this is no ordinary file"),
    Instead(
        "FolderForFile", kWaterLesson, [](const fs::path& at) { fs::create_directory(at); },
        "this is no ordinary file"),
    Instead(
        "UnreadableFile", kWater, [](const fs::path& at) { Put(at, "id: water\n"), chmod(at.c_str(), 0); },
        "this file cannot be read"),
    Folder(
        "NamesThatAreNoSlugs",
        [](const fs::path& folder) {
          Put(folder / "cooking/stages/\x1b[2J Two\nLines.yaml", "");
          fs::create_directory(folder / "cooking/concepts/Übung");
        },
        "cooking/stages/ [2J Two Lines.yaml:1:1: nothing lists ' [2J Two Lines'"),
    Folder(
        "HundredsOfThousandsOfFiles",
        [](const fs::path& folder) {
          const fs::path concept_folder = folder / "cooking/concepts/water";
          for (int i = 0; i < 200'000; ++i) close(creat((concept_folder / absl::StrCat(i)).c_str(), 0644));
        },
        "the file is not read"),
};

class BadInputs : public ::testing::TestWithParam<BadInput> {};

TEST_P(BadInputs, AreRefusedWithinBounds) {
  const BadInput& input = GetParam();
  ContentTree tree;
  if (input.spoil_text) input.spoil_text(tree);
  const std::string folder = tree.Write();
  if (input.spoil_folder) {
    ASSERT_NO_FATAL_FAILURE(input.spoil_folder(folder));
  }
  fs::permissions(folder, fs::perms{0755});
  const testing::ChildLoad load = testing::LoadInChild(folder);
  EXPECT_THAT(load.findings, ::testing::Contains(HasSubstr(input.finding)));
  EXPECT_LT(load.cpu_seconds, kMaxSeconds);
  EXPECT_LT(load.peak_megabytes, kMaxMegabytes);
}

const auto kNames = [](const auto& info) { return info.param.name; };
INSTANTIATE_TEST_SUITE_P(Texts, BadInputs, ::testing::ValuesIn(kTexts), kNames);
INSTANTIATE_TEST_SUITE_P(Lessons, BadInputs, ::testing::ValuesIn(kLessons), kNames);
INSTANTIATE_TEST_SUITE_P(Folders, BadInputs, ::testing::ValuesIn(kFolders), kNames);

TEST(BadInput, StageMayNotNameAPathOutOfTheFolder) {
  ContentTree tree;
  tree.Replace("cooking/stages/basics.yaml", "  - water", "  - ../../../etc");
  EXPECT_THAT(testing::FindingsIn(tree),
              ::testing::Contains(HasSubstr("basics.yaml:6:5: the concept id '../../../etc' is no slug")));
}

TEST(BadInput, TooManyConceptsAreRefusedWithoutLookingForEach) {
  ContentTree tree;
  std::string& stage = tree["cooking/stages/basics.yaml"];
  std::string names;
  for (int i = 0; i < 3'000; ++i) absl::StrAppend(&names, "  - none-", std::string(50, 'x'), i, "\n");
  stage.insert(stage.find("  - water"), names);
  const std::string folder = tree.Write();
  for (int i = 0; i < 3'000; ++i) {
    fs::create_directory(absl::StrCat(folder, "/cooking/concepts/nine-", std::string(50, 'y'), i));
  }
  fs::permissions(folder, fs::perms{0755});
  const testing::ChildLoad load = testing::LoadInChild(folder);
  EXPECT_THAT(load.findings, ::testing::Contains(HasSubstr("basics.yaml:6:5: there is no folder")));
  EXPECT_LT(load.cpu_seconds, 2 * kMaxSeconds);
  EXPECT_LT(load.peak_megabytes, kMaxMegabytes);
}

}  // namespace
}  // namespace edirae::catalog
