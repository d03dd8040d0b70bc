#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/search/index.h"
#include "common/testing/seed.h"
#include "common/testing/status_matchers.h"

namespace edirae::search {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Document Doc(const std::string& id, const std::string& title, const std::string& text = "", int kind = 1,
             const std::string& group = "") {
  return {.kind = kind, .group = group, .id = id, .title = title, .text = text};
}

Documents All(std::vector<Document> documents) {
  return [documents = std::move(documents)](const Visit& visit) {
    for (const Document& document : documents) visit(document);
  };
}

std::shared_ptr<const Segment> SegmentOf(const std::vector<Document>& documents) {
  auto segment = Segment::Build(documents);
  EXPECT_OK(segment);
  return *std::move(segment);
}

// An index over `before` with what changes it into `after`.
std::shared_ptr<const Index> Changed(const std::vector<Document>& before, const std::vector<Document>& after) {
  const auto base = SegmentOf(before);
  auto index = Index::Build(base, ChangesFrom(*base, All(after)));
  EXPECT_OK(index);
  return *std::move(index);
}

Found Search(const Index& index, const Query& query) {
  auto found = index.Search(query);
  EXPECT_OK(found);
  return found.ok() ? *std::move(found) : Found{};
}

std::vector<std::string> Ids(const Index& index, const std::string& words) {
  std::vector<std::string> ids;
  for (const Hit& hit : Search(index, {.words = words}).hits) ids.push_back(hit.document->id);
  return ids;
}

TEST(Changes, AreNoneBetweenEqualDocumentsInAnyOrder) {
  const auto base = SegmentOf({Doc("a", "bread"), Doc("b", "butter")});
  const Changes changes = ChangesFrom(*base, All({Doc("b", "butter"), Doc("a", "bread")}));
  EXPECT_EQ(changes.count(), 0u);
  EXPECT_THAT(changes.removed, IsEmpty());
}

TEST(Changes, SeeADifferenceInAnythingThatADocumentHas) {
  const Document document = {1, "group", "id", "parent", "label", "title", "summary", "text"};
  const auto base = SegmentOf({document});
  for (std::string Document::*field : {&Document::group, &Document::id, &Document::parent, &Document::label,
                                       &Document::title, &Document::summary, &Document::text}) {
    Document other = document;
    (other.*field) += "x";
    EXPECT_EQ(ChangesFrom(*base, All({other})).count(), 2u);
  }
  Document other = document;
  other.kind = 2;
  EXPECT_EQ(ChangesFrom(*base, All({other})).count(), 2u);
  other = document;
  other.summary = "titlesummary";
  other.title = "";
  EXPECT_EQ(ChangesFrom(*base, All({other})).count(), 2u) << "text moved from one field to the next";
}

TEST(Changes, TellTwoEqualDocumentsFromOne) {
  const auto base = SegmentOf({Doc("a", "bread"), Doc("a", "bread")});
  EXPECT_EQ(ChangesFrom(*base, All({Doc("a", "bread")})).removed_count, 1u);
  EXPECT_THAT(ChangesFrom(*SegmentOf({Doc("a", "bread")}), All({Doc("a", "bread"), Doc("a", "bread")})).added,
              SizeIs(1));
}

TEST(ChangedIndex, FindsWhatIsNewAndNotWhatIsGone) {
  const auto index = Changed({Doc("a", "bread"), Doc("b", "butter"), Doc("c", "jam")},
                             {Doc("a", "bread"), Doc("b", "cheese"), Doc("d", "bread and jam")});
  EXPECT_THAT(Ids(*index, "bread"), ElementsAre("a", "d"));
  EXPECT_THAT(Ids(*index, "butter"), IsEmpty());
  EXPECT_THAT(Ids(*index, "cheese"), ElementsAre("b"));
  EXPECT_THAT(Ids(*index, "jam"), ElementsAre("d"));
  EXPECT_EQ(index->documents(), 3u);
}

TEST(ChangedIndex, KnowsTheWordsOfTheNewVersionOnly) {
  const auto index = Changed({Doc("a", "gradient"), Doc("b", "butter")}, {Doc("a", "descent"), Doc("b", "butter")});
  EXPECT_THAT(Ids(*index, "decsent"), ElementsAre("a")) << "a slip in a new word";
  const Found gone = Search(*index, {.words = "gradient"});
  ASSERT_THAT(gone.corrections, SizeIs(1)) << "the word is known no longer";
  EXPECT_THAT(gone.corrections[0].replacements, IsEmpty());
}

TEST(ChangedIndex, FindsCandidatesBehindManyThatAreGone) {
  std::vector<Document> before, after;
  for (int i = 0; i < 1000; ++i) before.push_back(Doc(absl::StrCat("old", i), "bread", absl::StrCat("number ", i)));
  before.push_back(Doc("kept", "bread", "", 1, "z"));
  after = {before.back()};
  EXPECT_THAT(Ids(*Changed(before, after), "bread"), ElementsAre("kept"));
}

// Texts of few words, so that every word is in many documents.
std::vector<Document> RandomDocuments(std::mt19937_64& random, int count) {
  constexpr absl::string_view kWords[] = {"gradient", "descent", "step",  "rate", "weight", "bias",
                                          "layer",    "loss",    "slope", "mean", "model",  "learning"};
  std::vector<Document> documents;
  for (int i = 0; i < count; ++i) {
    Document document = Doc(absl::StrCat("d", i), "", "", static_cast<int>(random() % 3), absl::StrCat(random() % 2));
    for (std::string* text : {&document.title, &document.summary, &document.text}) {
      for (auto words = random() % 6; words > 0; --words) {
        absl::StrAppend(text, kWords[random() % std::size(kWords)], " ");
      }
    }
    documents.push_back(std::move(document));
  }
  return documents;
}

std::map<std::string, double> Scores(const Found& found) {
  std::map<std::string, double> scores;
  for (const Hit& hit : found.hits) scores[hit.document->id] = hit.score;
  return scores;
}

TEST(ChangedIndex, AnswersAsOneThatWasBuiltAnew) {
  std::mt19937_64 random(testing::Seed());
  for (int round = 0; round < 30; ++round) {
    const std::vector<Document> before = RandomDocuments(random, 40);
    std::vector<Document> after = before;
    for (Document& fresh : RandomDocuments(random, 10)) after[random() % after.size()] = std::move(fresh);
    after.resize(30 + random() % 10);
    const auto changed = Changed(before, after);
    const auto anew = Index::Build(after);
    ASSERT_OK(anew);
    EXPECT_EQ(changed->documents(), (*anew)->documents());
    EXPECT_EQ(changed->words(), (*anew)->words());
    for (const char* words : {"gradient", "gradient descent", "lerning", "l", "weigth bias rate", "model nowhere"}) {
      const Query query{.words = words, .kinds = {}, .group = round % 2 == 0 ? "" : "1", .first = 0, .count = 200};
      const auto expected = Scores(Search(**anew, query));
      const auto got = Scores(Search(*changed, query));
      ASSERT_EQ(got.size(), expected.size()) << words;
      for (const auto& [id, score] : expected) EXPECT_NEAR(got.at(id), score, 1e-9) << words << " " << id;
    }
  }
}

}  // namespace
}  // namespace edirae::search
