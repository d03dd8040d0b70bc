#include "common/search/index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/search/limits.h"
#include "common/status/error.h"
#include "common/testing/status_matchers.h"

namespace edirae::search {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

enum Kind { kConcept = 1, kQuestion = 2 };

Document Doc(int kind, std::string group, std::string id, std::string title, std::string summary = "",
             std::string text = "") {
  return {kind, std::move(group), std::move(id), "", "", std::move(title), std::move(summary), std::move(text)};
}

class SearchTest : public ::testing::Test {
 protected:
  void Fill(std::vector<Document> documents) {
    auto built = Index::Build(std::move(documents));
    ASSERT_OK(built);
    index_ = *std::move(built);
  }

  void FillWithExamples() {
    Fill({Doc(kQuestion, "ml", "q1", "", "", "Which way does gradient descent step?"),
          Doc(kConcept, "ml", "gd", "Gradient descent", "Walks downhill.", "The gradient points uphill."),
          Doc(kConcept, "ml", "bp", "Backpropagation", "Computes the gradient.", "Uses the chain rule."),
          Doc(kConcept, "art", "shade", "Shading", "A gradient of grey.", "Naïve façades, Łódź at dusk."),
          Doc(kConcept, "art", "near", "NEAR and OR", "Words of a query language.", "AND NOT")});
  }

  Found Search(const Query& query) {
    auto found = index_->Search(query);
    EXPECT_OK(found);
    return found.ok() ? *std::move(found) : Found{};
  }

  std::vector<std::string> Ids(const Query& query) {
    std::vector<std::string> ids;
    for (const Hit& hit : Search(query).hits) ids.push_back(hit.document->id);
    return ids;
  }

  std::vector<std::string> Ids(const std::string& words) { return Ids(Query{.words = words}); }

  std::string ReasonFor(const std::string& words) {
    return ErrorInfoOf(index_->Search({.words = words}).status()).reason();
  }

  std::shared_ptr<const Index> index_;
};

std::string Marked(const Hit& hit) {
  std::string marked;
  for (const Piece& piece : hit.snippet)
    absl::StrAppend(&marked, piece.matches ? "[" : "", piece.text, piece.matches ? "]" : "");
  return marked;
}

TEST_F(SearchTest, RanksTitleAboveSummaryAboveText) {
  Fill({Doc(kConcept, "", "text", "aa", "bb", "kernel"), Doc(kConcept, "", "summary", "aa", "kernel", "bb"),
        Doc(kConcept, "", "title", "kernel", "aa", "bb"), Doc(kConcept, "", "none", "aa", "bb", "cc")});
  EXPECT_THAT(Ids("kernel"), ElementsAre("title", "summary", "text"));
}

TEST_F(SearchTest, RanksTheRarerWordHigherAndShortDocumentsBeforeLong) {
  Fill({Doc(kConcept, "", "common", "often"), Doc(kConcept, "", "other", "often"), Doc(kConcept, "", "third", "often"),
        Doc(kConcept, "", "rare", "seldom"),
        Doc(kConcept, "", "long", "", "", "needle " + std::string(400, 'x') + " y y y y y y y y y y y y y y"),
        Doc(kConcept, "", "short", "", "", "needle")});
  EXPECT_EQ(Ids("often seldom")[0], "rare");
  EXPECT_THAT(Ids("needle"), ElementsAre("short", "long"));
}

TEST_F(SearchTest, WantsAllWordsAndTakesAnyWhenNothingHasAll) {
  FillWithExamples();
  EXPECT_THAT(Ids("gradient rule"), ElementsAre("bp"));
  EXPECT_THAT(Ids("shading backpropagation"), UnorderedElementsAre("shade", "bp"));
  EXPECT_THAT(Ids("gradient descent xylophone"), ElementsAre("gd", "q1"));
}

TEST_F(SearchTest, FindsUnfinishedWordsAtTheEndAndUnknownOnesAnywhere) {
  FillWithExamples();
  EXPECT_THAT(Ids("backprop"), ElementsAre("bp"));
  EXPECT_THAT(Ids("grad desc"), ElementsAre("gd", "q1"));
  EXPECT_THAT(Ids("step grad"), ElementsAre("q1"));
  EXPECT_THAT(Ids("a dusk"), ElementsAre("shade")) << "a known word before the last is no beginning of others";
}

TEST_F(SearchTest, FoldsCaseAndAccentsBothWays) {
  FillWithExamples();
  for (const char* words : {"NAIVE facades", "naïve FAÇADES", "na\xC3\xAFve"}) {
    EXPECT_THAT(Ids(words), ElementsAre("shade")) << words;
  }
  EXPECT_EQ(Marked(Search({.words = "facades"}).hits[0]), "Naïve [façades], Łódź at dusk.");
}

TEST_F(SearchTest, ForgivesOneSlipFromFourLettersAndTwoFromEight) {
  FillWithExamples();
  EXPECT_THAT(Ids("shadng"), ElementsAre("shade"));
  EXPECT_THAT(Ids("bakcpropagtion"), ElementsAre("bp"));
  EXPECT_THAT(Ids("wroks"), IsEmpty());
  EXPECT_THAT(Ids("gey"), IsEmpty()) << "three letters must be right";
  const Found found = Search({.words = "gradeint"});
  ASSERT_THAT(found.corrections, SizeIs(1));
  EXPECT_EQ(found.corrections[0].word, "gradeint");
  EXPECT_THAT(found.corrections[0].replacements, ElementsAre("gradient"));
  EXPECT_EQ(found.hits[0].document->id, "gd");
  EXPECT_THAT(Search({.words = "gradient"}).corrections, IsEmpty());
}

TEST_F(SearchTest, NarrowsToKindsAndGroup) {
  FillWithExamples();
  EXPECT_THAT(Ids(Query{.words = "gradient", .kinds = {kQuestion}}), ElementsAre("q1"));
  EXPECT_THAT(Ids(Query{.words = "gradient", .group = "art"}), ElementsAre("shade"));
  EXPECT_THAT(Ids(Query{.words = "gradient", .kinds = {kQuestion}, .group = "art"}), IsEmpty());
  EXPECT_THAT(Ids(Query{.words = "gradient", .kinds = {99}}), IsEmpty());
  EXPECT_THAT(Ids(Query{.words = "gradient", .group = "law"}), IsEmpty());
  EXPECT_THAT(Ids("gradient"), SizeIs(4));
}

TEST_F(SearchTest, PagesVisitEachHitOnce) {
  std::vector<Document> documents;
  for (int i = 0; i < 30; ++i) documents.push_back(Doc(kConcept, "", absl::StrCat(i), "same"));
  Fill(std::move(documents));
  std::vector<std::string> seen;
  bool more = true;
  while (more) {
    const Found page = Search({.words = "same", .first = seen.size(), .count = 7});
    for (const Hit& hit : page.hits) seen.push_back(hit.document->id);
    more = page.more;
    ASSERT_LE(seen.size(), 30u);
  }
  EXPECT_EQ(std::set<std::string>(seen.begin(), seen.end()).size(), 30u);
  EXPECT_THAT(Search({.words = "same", .first = 1000}).hits, IsEmpty());
}

TEST_F(SearchTest, BoundsWhatItRanksAndReturns) {
  std::vector<Document> documents;
  for (int i = 0; i < 5000; ++i) documents.push_back(Doc(kQuestion, "", absl::StrCat("q", i), "the same"));
  documents.push_back(Doc(kConcept, "", "rare", "the only"));
  Fill(std::move(documents));
  const Found found = Search({.words = "same", .count = 10000});
  EXPECT_THAT(found.hits, SizeIs(limits::kMaxHits));
  EXPECT_FALSE(found.more);
  EXPECT_THAT(Ids("the only"), ElementsAre("rare"));
  EXPECT_THAT(Ids("the"), SizeIs(10)) << "of common words alone there are hits too";
}

TEST_F(SearchTest, TakesQuerySyntaxLiterally) {
  FillWithExamples();
  EXPECT_THAT(Ids("NEAR(query, 2)"), ElementsAre("near"));
  EXPECT_THAT(Ids("near OR query"), ElementsAre("near"));
  EXPECT_THAT(Ids("title : shading"), ElementsAre("shade"));
  EXPECT_THAT(Ids("{title text} : \"chain"), ElementsAre("bp"));
  EXPECT_THAT(Ids("\"\"\"descent* ^gradient) -- '; DROP TABLE documents"), ElementsAre("gd", "q1"));
  EXPECT_THAT(Ids(std::string("shad\0ing", 8)), ElementsAre("shade")) << "NUL separates as any sign does";
  EXPECT_THAT(Ids("shading\xFF\xC3"), ElementsAre("shade"));
}

TEST_F(SearchTest, RefusesWhatHasNoWordsOrIsTooLong) {
  FillWithExamples();
  for (const std::string& words : {std::string(), std::string(" \t\n"), std::string("\"*^:(){}+-'"),
                                   std::string(5, '\0'), std::string("\xFF\xFE")}) {
    EXPECT_EQ(ReasonFor(words), "QUERY_WITHOUT_WORDS");
  }
  EXPECT_EQ(ReasonFor(std::string(limits::kMaxQueryBytes + 1, 'a')), "QUERY_TOO_LONG");
  EXPECT_EQ(ReasonFor(std::string(1 << 20, '"')), "QUERY_TOO_LONG");
  EXPECT_OK(index_->Search({.words = std::string(limits::kMaxQueryBytes, 'a')}));
}

TEST_F(SearchTest, CountsOnlyTheFirstWords) {
  FillWithExamples();
  EXPECT_THAT(Ids("shading aa bb cc dd ee ff gg backpropagation"), ElementsAre("shade"));
}

TEST_F(SearchTest, OfNothingFindsNothing) {
  Fill({});
  EXPECT_THAT(Ids("gradient"), IsEmpty());
}

TEST_F(SearchTest, SnippetShowsTheBestPassageOfALongText) {
  const std::string filler(2000, 'z');
  Fill({Doc(
      kConcept, "", "long", "Title", "Summary",
      absl::StrCat("gradient at the start. ", filler, " before\n\n  the chain rule gives the gradient of ", filler))});
  const Hit hit = Search({.words = "chain gradient"}).hits[0];
  EXPECT_EQ(Marked(hit), "before the [chain] rule gives the [gradient] of");
}

TEST_F(SearchTest, SnippetIsBoundedAndWholeUtf8) {
  std::string text;
  for (int i = 0; i < 200; ++i) text += "ééé";
  Fill({Doc(kConcept, "", "a", "title", "", text + " needle " + text), Doc(kConcept, "", "b", "needle", text)});
  for (const Hit& hit : Search({.words = "needle"}).hits) {
    std::string whole;
    for (const Piece& piece : hit.snippet) whole += piece.text;
    EXPECT_LE(whole.size(), limits::kMaxSnippetBytes);
    EXPECT_NE(static_cast<uint8_t>(whole.front()) & 0xC0, 0x80);
    EXPECT_EQ(std::count(whole.begin(), whole.end(), '\xC3'), std::count(whole.begin(), whole.end(), '\xA9'));
  }
}

TEST_F(SearchTest, ManyThreadsGetTheSameAnswers) {
  FillWithExamples();
  std::vector<std::thread> threads;
  std::atomic<int> wrong = 0;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int j = 0; j < 200; ++j) {
        const auto found = index_->Search({.words = j % 2 == 0 ? "gradient" : "gradeint"});
        if (!found.ok() || found->hits.size() != 4) ++wrong;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace edirae::search
