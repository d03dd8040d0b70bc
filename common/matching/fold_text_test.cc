#include "common/matching/fold_text.h"

#include <gtest/gtest.h>

namespace edirae {
namespace {

TEST(FoldText, DropsCaseAccentsAndSpareSpace) {
  EXPECT_EQ(FoldText("  Ça\t VA,\n\xC2\xA0Zoë? "), "ca va, zoe?");
  EXPECT_EQ(FoldText("STRASSE"), FoldText("Straße"));
  EXPECT_EQ(FoldText("Œuvre Łódź"), "oeuvre lodz");
  EXPECT_EQ(FoldText("e\xCC\x81t\xC3\xA9"), "ete") << "composed and decomposed";
}

TEST(FoldText, KeepsWhatItDoesNotKnow) {
  EXPECT_EQ(FoldText("σ × π ÷ 2"), "σ × π ÷ 2");
  EXPECT_EQ(FoldText("机器 学习 😀"), "机器 学习 😀");
  EXPECT_EQ(FoldText("a\xFF\xC3"), "a\xFF\xC3") << "no UTF-8";
  EXPECT_EQ(FoldText(""), "");
}

TEST(FoldAnswer, DropsHyphensSpacesAndSurroundingPunctuation) {
  for (const char* same : {"overfitting", "Over-fitting", "“over fitting”.",
                           "OVER\xE2\x80\x91"
                           "FITTING!",
                           " (over\xC2\xAD"
                           "fitting) ",
                           "- overfitting -", "...overfitting…"}) {
    EXPECT_EQ(FoldAnswer(same), "overfitting") << same;
  }
  EXPECT_EQ(FoldAnswer("k’s"), "k’s") << "punctuation inside counts";
}

TEST(FoldAnswer, KeepsSymbolsAndDigits) {
  EXPECT_EQ(FoldAnswer("C++"), "c++");
  EXPECT_NE(FoldAnswer("C#"), FoldAnswer("C"));
  EXPECT_EQ(FoldAnswer("A*."), "a*");
  EXPECT_EQ(FoldAnswer("80 %"), "80%");
}

TEST(FoldAnswer, OfPunctuationIsEmpty) {
  EXPECT_EQ(FoldAnswer(" ?! -- “” "), "");
  EXPECT_EQ(FoldAnswer(""), "");
}

TEST(FoldAnswer, IsIdempotent) {
  for (const char* text : {"“Über-Anpassung”", "- a - b -", ". - .x. - .", "\xCC\x81.a", "\xC3", "a\xE2\x80"}) {
    EXPECT_EQ(FoldAnswer(FoldAnswer(text)), FoldAnswer(text)) << text;
    EXPECT_EQ(FoldText(FoldText(text)), FoldText(text)) << text;
  }
}

}  // namespace
}  // namespace edirae
