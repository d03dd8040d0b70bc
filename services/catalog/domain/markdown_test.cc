#include "services/catalog/domain/markdown.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

namespace edirae::catalog {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kEnd[] = "\n## Worked example\n\n1 + 1 = 2\n\n## Check yourself\n\n- Why?\n";

// `line:column: problem` of each.
std::vector<std::string> Said(const std::vector<MarkdownProblem>& problems) {
  std::vector<std::string> lines;
  for (const MarkdownProblem& problem : problems) {
    EXPECT_FALSE(problem.remedy.empty());
    lines.push_back(absl::StrCat(problem.line, ":", problem.column, ": ", problem.problem));
  }
  return lines;
}

std::vector<std::string> InText(const std::string& text) { return Said(BrokenMarkdown(text)); }
std::vector<std::string> InLesson(const std::string& text) { return Said(BrokenLesson(absl::StrCat(text, kEnd))); }

TEST(BrokenMarkdown, AcceptsWhatIsWhole) {
  EXPECT_THAT(InText("Plain, *with* `x < y` and a[0], [0, 1]; if a < b."), IsEmpty());
  EXPECT_THAT(InText("[text](https://example.org/a) and [text][label]\n\n[label]: https://example.org\n"), IsEmpty());
  EXPECT_THAT(InText("```python\na[i][j] = '<b>'\n```\n"), IsEmpty());
  EXPECT_THAT(InText("> ~~~~\n> quoted\n> ~~~~\n\n- item\n\n  ```\n  inside\n  ```\n"), IsEmpty());
  EXPECT_THAT(InText("    indented [a](b) <c>\n"), IsEmpty());
}

TEST(BrokenMarkdown, FindsRawHtmlAndImages) {
  EXPECT_THAT(InText("a\n\nß <b>bold</b>"),
              ElementsAre("3:3: there is raw HTML: <b>", "3:10: there is raw HTML: </b>"));
  EXPECT_THAT(InText("<div>\nx\n</div>"), ElementsAre("1:1: there is raw HTML: <div>"));
  EXPECT_THAT(InText("see ![a picture](https://example.org/a.png)"), ElementsAre("1:5: there is an image"));
}

TEST(BrokenMarkdown, FindsLinksThatLeadNowhere) {
  EXPECT_THAT(InText("a [link]() here"), ElementsAre("1:3: a link has no target"));
  EXPECT_THAT(InText("[x](http://example.org)"), ElementsAre("1:1: a link leads to 'http://example.org'"));
  EXPECT_THAT(InText("[x](javascript:alert)"), ElementsAre("1:1: a link leads to 'javascript:alert'"));
  EXPECT_THAT(InText("one\ntwo [x][nowhere]"), ElementsAre(HasSubstr("2:1: a reference has no definition: two [x]")));
  EXPECT_THAT(InText("[*x*][nowhere]"), ElementsAre(HasSubstr("a reference has no definition: ][nowhere]")));
  EXPECT_THAT(InText("[x](https://example.org/a b)"), ElementsAre(HasSubstr("1:1: a link is broken")));
}

TEST(BrokenMarkdown, FindsACodeBlockThatIsNeverClosed) {
  EXPECT_THAT(InText("a\n\n```\ncode\n\nmore\n"), ElementsAre("3:1: a code block is never closed"));
  EXPECT_THAT(InText("````\ncode\n```\n"), ElementsAre("1:1: a code block is never closed"));
  EXPECT_THAT(InText("~~~\ncode\n```"), ElementsAre("1:1: a code block is never closed"));
  EXPECT_THAT(InText("```"), ElementsAre("1:1: a code block is never closed"));
  EXPECT_THAT(InText("- ```\n  code\n\nafter the list"), ElementsAre("1:3: a code block is never closed"));
}

TEST(BrokenLesson, AcceptsAWholeLesson) { EXPECT_THAT(InLesson("Text.\n\n## Why\n\n### In detail\n"), IsEmpty()); }

TEST(BrokenLesson, ChecksLevelsOfHeadings) {
  EXPECT_THAT(InLesson("# Title\n"), ElementsAre("1:1: there is a heading of the first level"));
  EXPECT_THAT(InLesson("Title\n=====\n"), ElementsAre("1:1: there is a heading of the first level"));
  EXPECT_THAT(InLesson("### Deep\n"), ElementsAre("1:1: a heading of level 3 follows one of level 1"));
  EXPECT_THAT(InLesson("## A\n\n#### B\n"), ElementsAre("3:1: a heading of level 4 follows one of level 2"));
}

TEST(BrokenLesson, WantsItsSections) {
  EXPECT_THAT(Said(BrokenLesson("## Why\n\ntext\n")), ElementsAre("3:1: the lesson has no section `## Worked example`",
                                                                  "3:1: the last section is not `## Check yourself`"));
  EXPECT_THAT(InLesson("## Check yourself\n"), IsEmpty());
  EXPECT_THAT(Said(BrokenLesson(absl::StrCat(kEnd, "\n## More\n\nx"))),
              ElementsAre("12:1: the last section is not `## Check yourself`"));
  EXPECT_THAT(Said(BrokenLesson("## `Worked` example\n\n## Check yourself")), IsEmpty()) << "marks do not count";
}

TEST(BrokenLesson, TakesHostileTextsInLinearTime) {
  for (const std::string& mark : {std::string("["), std::string(">"), std::string("*a "), std::string("`"),
                                  std::string("<"), std::string("![")}) {
    std::string text;
    while (text.size() < 100'000) text += mark;
    BrokenLesson(text);
  }
}

}  // namespace
}  // namespace edirae::catalog
