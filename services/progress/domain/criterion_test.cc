#include "services/progress/domain/criterion.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "services/progress/domain/clause_words.h"

namespace edirae::progress {
namespace {

using catalog::v1::MasteryCriterion;
using ::testing::ElementsAre;

MasteryCriterion CriterionOf(int distinct, int window, int correct) {
  MasteryCriterion criterion;
  criterion.set_min_distinct_correct(distinct);
  criterion.set_window(window);
  criterion.set_min_correct_in_window(correct);
  return criterion;
}

// `answers`: one letter an answer, oldest first, an hour between two; capitals are right, the letter is the question. A
// question mark in front of one: a hint was shown. A dash: a day passes.
ConceptState EvidenceOf(const std::string& answers, int guess_permille = 0) {
  ConceptState evidence;
  int64_t seq = 0;
  uint32_t when = 1'800'000'000;
  bool aided = false;
  for (const char c : answers) {
    if (c == '-') when += 24 * 3600;
    if (c == '?') aided = true;
    if (c == '-' || c == '?') continue;
    const EventRef ref{++seq, {0, static_cast<uint64_t>(seq)}};
    const bool right = c >= 'A' && c <= 'Z';
    const auto question = static_cast<Key>(c | 0x20);
    evidence.newest.push_back({ref, question, when, static_cast<uint16_t>(guess_permille), right, aided});
    const auto known = std::ranges::find(evidence.first_correct, question, &FirstCorrect::question);
    if (right && known == evidence.first_correct.end()) evidence.first_correct.push_back({question, ref, when, aided});
    when += 3600;
    aided = false;
  }
  return evidence;
}

const Clause* Find(const Clauses& clauses, v1::CriterionClause clause) {
  const auto found = std::ranges::find(clauses, clause, &Clause::clause);
  return found == clauses.end() ? nullptr : &*found;
}

struct CriterionCase {
  const char* answers;
  int distinct, window, correct;   // the criterion
  int have_distinct, have_window;  // -1: the clause holds
};

class CriterionTable : public ::testing::TestWithParam<CriterionCase> {};

TEST_P(CriterionTable, SaysWhatIsUnmet) {
  const CriterionCase& c = GetParam();
  const Clauses clauses = Weigh(CriterionOf(c.distinct, c.window, c.correct), EvidenceOf(c.answers));
  ASSERT_EQ(clauses.size(), 2u);
  EXPECT_EQ(clauses[0].clause, v1::CRITERION_CLAUSE_DISTINCT_CORRECT);
  EXPECT_EQ(clauses[0].need, c.distinct);
  EXPECT_EQ(clauses[0].met ? -1 : clauses[0].have, c.have_distinct) << c.answers;
  EXPECT_EQ(clauses[1].clause, v1::CRITERION_CLAUSE_WINDOW_CORRECT);
  EXPECT_EQ(clauses[1].need, c.correct);
  EXPECT_EQ(clauses[1].window, c.window);
  EXPECT_EQ(clauses[1].met ? -1 : clauses[1].have, c.have_window) << c.answers;
}

INSTANTIATE_TEST_SUITE_P(Evidence, CriterionTable,
                         ::testing::Values(CriterionCase{"", 1, 1, 1, 0, 0},     // nothing yet
                                           CriterionCase{"A", 1, 1, 1, -1, -1},  // just enough
                                           CriterionCase{"a", 1, 1, 1, 0, 0},    // wrong
                                           CriterionCase{"AB", 2, 4, 3, -1, 2},  // an answer not given is not right
                                           CriterionCase{"ABA", 2, 4, 3, -1,
                                                         -1},  // the same question again counts in the window
                                           CriterionCase{"AAA", 2, 4, 3, 1, -1},      // but not as another one
                                           CriterionCase{"ABCd", 2, 4, 3, -1, -1},    // one wrong is allowed
                                           CriterionCase{"ABCde", 2, 4, 3, -1, 2},    // two are not
                                           CriterionCase{"ABxxxxC", 2, 4, 3, -1, 1},  // only the newest count
                                           CriterionCase{"ABxxxxCDE", 3, 4, 3, -1, -1}));

MasteryCriterion Sure(double accuracy, int window) {
  MasteryCriterion criterion = CriterionOf(1, window, 0);
  criterion.set_min_accuracy(accuracy);
  return criterion;
}

TEST(Accuracy, AsksForMoreThanLuck) {
  const auto met = [](const char* answers, int guess) {
    return Find(Weigh(Sure(0.6, 10), EvidenceOf(answers, guess)), v1::CRITERION_CLAUSE_ACCURACY)->met;
  };
  EXPECT_TRUE(met("ABC", 0)) << "three of three on questions that nobody guesses: 64.6 %";
  EXPECT_FALSE(met("ABC", 250)) << "52.8 % when one of four choices is right";
  EXPECT_FALSE(met("AB", 0));
  EXPECT_TRUE(met("ABCDEFGHIj", 250)) << "nine of ten: 62.3 %";
  EXPECT_FALSE(met("ABCDEFGHij", 250));
  EXPECT_TRUE(met("abcdefABCDEFGHIJ", 250)) << "what lies before the window is forgotten";
  EXPECT_FALSE(met("ABCDEFGHIJ", 1000)) << "questions that nobody can miss prove nothing";
}

TEST(Accuracy, CountsTheRightAnswersThatItTakes) {
  const auto more = [](const char* answers, int guess) {
    return RightAnswersToAccuracy(Sure(0.6, 10), EvidenceOf(answers, guess));
  };
  EXPECT_EQ(more("", 0), 3);
  EXPECT_EQ(more("AB", 0), 1);
  EXPECT_EQ(more("ABC", 0), 0);
  // And each of them is enough once it is given.
  for (const std::string answers : {"ab", "aBcD", "abcdefghij", "ABCDEFGhij"}) {
    const int needed = more(answers.c_str(), 200);
    const ConceptState enough = EvidenceOf(answers + std::string(static_cast<size_t>(needed), 'Z'), 200);
    const ConceptState less = EvidenceOf(answers + std::string(static_cast<size_t>(needed - 1), 'Z'), 200);
    EXPECT_TRUE(Find(Weigh(Sure(0.6, 10), enough), v1::CRITERION_CLAUSE_ACCURACY)->met) << answers;
    EXPECT_FALSE(Find(Weigh(Sure(0.6, 10), less), v1::CRITERION_CLAUSE_ACCURACY)->met) << answers;
  }
}

TEST(RightAgain, TakesTimeBetweenTwoRightAnswers) {
  MasteryCriterion criterion = CriterionOf(1, 0, 0);
  criterion.set_right_again_after_hours(24);
  const auto clause = [&](const char* answers) {
    return *Find(Weigh(criterion, EvidenceOf(answers)), v1::CRITERION_CLAUSE_RIGHT_AGAIN);
  };
  EXPECT_FALSE(clause("").met);
  EXPECT_FALSE(clause("ABC").met);
  EXPECT_EQ(clause("ABC").have, 2);
  EXPECT_TRUE(clause("A-B").met);
  EXPECT_TRUE(clause("A-bC").met);
  EXPECT_FALSE(clause("a-B").met) << "the first was wrong";
  EXPECT_FALSE(clause("A-b").met) << "the second is wrong";
  EXPECT_TRUE(clause("A-Bc").met) << "it was right again before";
  EXPECT_EQ(clause("A--B").have, 24) << "never more than it takes";
  EXPECT_THAT(EvidenceFor(v1::CRITERION_CLAUSE_RIGHT_AGAIN, criterion, EvidenceOf("A-BC")),
              ElementsAre(EventRef{1, {0, 1}}, EventRef{3, {0, 3}}));
}

TEST(WithoutHints, AnAnswerAfterAHintIsNotRight) {
  MasteryCriterion criterion = CriterionOf(2, 3, 2);
  EXPECT_TRUE(IsMet(criterion, EvidenceOf("?A?B"))) << "hints do not matter unless the criterion says so";
  criterion.set_without_hints(true);
  const Clauses clauses = Weigh(criterion, EvidenceOf("?AB"));
  ASSERT_EQ(clauses.size(), 3u);
  EXPECT_TRUE(clauses[0].met) << "two different questions are right";
  EXPECT_EQ(clauses[1].have, 1);
  EXPECT_EQ(clauses[2].clause, v1::CRITERION_CLAUSE_WITHOUT_HINTS);
  EXPECT_EQ(clauses[2].have, 1);
  EXPECT_FALSE(clauses[2].met);
  EXPECT_TRUE(IsMet(criterion, EvidenceOf("?ABC")));
  EXPECT_THAT(EvidenceFor(v1::CRITERION_CLAUSE_WITHOUT_HINTS, criterion, EvidenceOf("?ABC")),
              ElementsAre(EventRef{2, {0, 2}}, EventRef{3, {0, 3}}));
  criterion.set_right_again_after_hours(24);
  EXPECT_FALSE(IsMet(criterion, EvidenceOf("BC-?D"))) << "nor does it show that anything was kept";
  EXPECT_TRUE(IsMet(criterion, EvidenceOf("BC-D")));
}

TEST(HasLapsed, OnlyWhenItIsSureAndOnlyByAnswersSince) {
  MasteryCriterion criterion = Sure(0.6, 10);
  criterion.set_lapse_below(0.3);
  const auto lapsed = [&](const std::string& answers, int64_t mastered_seq) {
    ConceptState evidence = EvidenceOf(answers, 200);
    evidence.mastered.seq = mastered_seq;
    return HasLapsed(criterion, evidence);
  };
  EXPECT_FALSE(lapsed("abc", 0)) << "what is not mastered cannot lapse";
  EXPECT_FALSE(lapsed("abcdefghij", 10)) << "all of it was before";
  EXPECT_FALSE(lapsed("ABCab", 3)) << "two wrong answers are not enough to be sure";
  EXPECT_TRUE(lapsed("ABCabc", 3));
  EXPECT_FALSE(lapsed("ABCabA", 3));
  EXPECT_FALSE(lapsed("ABC", 3)) << "no answer since";
  criterion.set_lapse_below(0);
  EXPECT_FALSE(lapsed("ABCabcdefgh", 3)) << "mastery stays without the clause";
}

TEST(EvidenceFor, NamesTheAnswersThatProveItOldestFirst) {
  const auto seqs = [](const char* answers, const MasteryCriterion& criterion) {
    std::vector<int64_t> result;
    for (const EventRef& ref : EvidenceFor(criterion, EvidenceOf(answers))) result.push_back(ref.seq);
    return result;
  };
  EXPECT_THAT(seqs("ABA", CriterionOf(2, 4, 3)), ElementsAre(1, 2, 3));
  EXPECT_THAT(seqs("ABxxAAA", CriterionOf(2, 4, 3)), ElementsAre(1, 2, 5, 6, 7));  // distinct ones before the window
  EXPECT_THAT(seqs("ABCD", CriterionOf(2, 2, 2)), ElementsAre(1, 2, 3, 4));
}

TEST(ClauseWords, SayWhatIsMissing) {
  EXPECT_EQ(MissingInWords({v1::CRITERION_CLAUSE_DISTINCT_CORRECT, 4, 6, 0, false}, 0),
            "2 more right answers on different questions");
  EXPECT_EQ(MissingInWords({v1::CRITERION_CLAUSE_DISTINCT_CORRECT, 5, 6, 0, false}, 0),
            "1 more right answer on another question");
  EXPECT_EQ(MissingInWords({v1::CRITERION_CLAUSE_ACCURACY, 43, 60, 10, false}, 3),
            "3 more right answers in a row; 43 % is sure so far");
  EXPECT_EQ(MissingInWords({v1::CRITERION_CLAUSE_RIGHT_AGAIN, 2, 24, 0, false}, 0),
            "a right answer at least 24 hours after the first");
  for (int clause = v1::CriterionClause_MIN + 1; clause <= v1::CriterionClause_MAX; ++clause) {
    const Clause unmet{static_cast<v1::CriterionClause>(clause), 0, 1, 1, false};
    EXPECT_FALSE(InWords(unmet).empty()) << clause;
    EXPECT_FALSE(MissingInWords(unmet, 1).empty()) << clause;
  }
}

}  // namespace
}  // namespace edirae::progress
