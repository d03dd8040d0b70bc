#include "cli/terminal/markdown.h"

#include <gtest/gtest.h>

namespace edirae::cli {
namespace {

const Style kPlain(false);

TEST(RenderMarkdown, SetsBlocksApart) {
  EXPECT_EQ(RenderMarkdown("## Why\n\nBecause it\nhelps.\n\n> Said\n> one.\n\n---\n", kPlain, 40),
            "Why\n\nBecause it helps.\n\n  Said one.\n\n* * *\n");
}

TEST(RenderMarkdown, BreaksLinesAtTheWidthOfTheTerminal) {
  EXPECT_EQ(RenderMarkdown("one two three four five six seven", kPlain, 20), "one two three four\nfive six seven\n");
}

TEST(RenderMarkdown, ListsKeepTheirTextBesideTheMark) {
  EXPECT_EQ(RenderMarkdown("- one two three four five\n- b\n  - c\n\n1. x\n2. y\n\n   z\n", kPlain, 22),
            "• one two three four\n  five\n• b\n  • c\n\n1. x\n\n2. y\n\n   z\n");
}

TEST(RenderMarkdown, CodeIsIndentedAndNotWrapped) {
  EXPECT_EQ(RenderMarkdown("Do:\n\n```python\nx = [1, 2, 3, 4, 5, 6, 7, 8]\ny\n```\n", kPlain, 20),
            "Do:\n\n    x = [1, 2, 3, 4, 5, 6, 7, 8]\n    y\n");
}

TEST(RenderMarkdown, DecoratesOnlyWithColour) {
  EXPECT_EQ(RenderMarkdown("a *b* `c` [d](https://e.org)", kPlain, 80), "a b c d (https://e.org)\n");
  EXPECT_EQ(RenderMarkdown("*b*", Style(true), 80), Style(true).Bold("b") + "\n");
}

TEST(RenderMarkdown, KeepsControlCharactersFromTheTerminal) {
  EXPECT_EQ(RenderMarkdown("a\x1b[31mb\x07", kPlain, 80), "a[31mb\n");
  EXPECT_EQ(RenderMarkdown("`a\x1b]0;x`", kPlain, 80), "a]0;x\n");
}

TEST(RenderMarkdown, NothingComesFromNothing) { EXPECT_EQ(RenderMarkdown("", kPlain, 80), ""); }

}  // namespace
}  // namespace edirae::cli
