#include "cli/terminal/terminal.h"

#include <sstream>

#include "gtest/gtest.h"

namespace edirae::cli {
namespace {

TEST(Terminal, BarsAreFullOnlyWhenAllIsDone) {
  EXPECT_EQ(ProgressBar(0, 4, 4), "░░░░ 0/4");
  EXPECT_EQ(ProgressBar(3, 4, 4), "███░ 3/4");
  EXPECT_EQ(ProgressBar(4, 4, 4), "████ 4/4");
  EXPECT_EQ(ProgressBar(999, 1000, 4), "███░ 999/1000");
  EXPECT_EQ(ProgressBar(0, 0, 4), "░░░░ 0/0");
}

TEST(Terminal, WrapsAtSpacesAndKeepsLongWordsWhole) {
  EXPECT_EQ(WrapText("one two three", 7, 2), "one two\n  three");
  EXPECT_EQ(WrapText("incomprehensibilities", 7, 0), "incomprehensibilities");
  EXPECT_EQ(WrapText("a\nb\n", 7, 1), "a\n b");
}

TEST(Terminal, WidthCountsCodePointsNotBytesOrColours) {
  EXPECT_EQ(DisplayWidth("8–12"), 4);
  EXPECT_EQ(DisplayWidth(Style(true).Good("ok")), 2);
}

TEST(Terminal, TablesAlignTheirColumns) {
  Table table({"id", "title"});
  table.AddRow({"a", "First"});
  table.AddRow({"long-id", "Second"});
  std::ostringstream out;
  table.Print(out, Style(false));
  EXPECT_EQ(out.str(), "id       title\na        First\nlong-id  Second\n");
}

TEST(Terminal, TablesFitTheTerminal) {
  Table table({"id", "after"});
  table.AddRow({"regression", "vectors, matrices, probability"});
  table.AddRow({"bayes", ""});
  std::ostringstream out;
  table.Print(out, Style(false), 24);
  EXPECT_EQ(out.str(),
            "id          after\nregression  vectors,\n            matrices,\n            probability\nbayes       \n");
  std::ostringstream narrow;
  table.Print(narrow, Style(false), 5);
  EXPECT_EQ(narrow.str(), out.str()) << "a word is not cut";
}

TEST(Terminal, PlainStyleHasNoCodes) { EXPECT_EQ(Style(false).Bold("x"), "x"); }

}  // namespace
}  // namespace edirae::cli
