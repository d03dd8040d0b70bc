#include "services/progress/domain/criterion.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace edirae::progress {
namespace {

using ::testing::ElementsAre;

catalog::v1::MasteryCriterion CriterionOf(int distinct, int window, int correct) {
  catalog::v1::MasteryCriterion criterion;
  criterion.set_min_distinct_correct(distinct);
  criterion.set_window(window);
  criterion.set_min_correct_in_window(correct);
  return criterion;
}

// `answers`: one letter an answer, oldest first; capitals are right, the letter is the question.
ConceptState EvidenceOf(const std::string& answers) {
  ConceptState evidence;
  int64_t seq = 0;
  for (const char c : answers) {
    const EventRef ref{++seq, {0, static_cast<uint64_t>(seq)}};
    const bool right = c >= 'A' && c <= 'Z';
    evidence.newest.push_back({ref, right});
    const auto question = static_cast<Key>(c | 0x20);
    if (right &&
        std::ranges::find(evidence.first_correct, question, &FirstCorrect::question) == evidence.first_correct.end()) {
      evidence.first_correct.push_back({question, ref});
    }
  }
  return evidence;
}

struct Case {
  const char* answers;
  int distinct, window, correct;   // the criterion
  int have_distinct, have_window;  // -1: the clause holds
};

class CriterionTable : public ::testing::TestWithParam<Case> {};

TEST_P(CriterionTable, SaysWhatIsUnmet) {
  const Case& c = GetParam();
  int distinct = -1;
  int window = -1;
  for (const Unmet& unmet : Evaluate(CriterionOf(c.distinct, c.window, c.correct), EvidenceOf(c.answers))) {
    if (unmet.clause == v1::CRITERION_CLAUSE_DISTINCT_CORRECT) {
      distinct = unmet.have;
      EXPECT_EQ(unmet.need, c.distinct);
    } else {
      window = unmet.have;
      EXPECT_EQ(unmet.need, c.correct);
      EXPECT_EQ(unmet.window, c.window);
    }
  }
  EXPECT_EQ(distinct, c.have_distinct) << c.answers;
  EXPECT_EQ(window, c.have_window) << c.answers;
}

INSTANTIATE_TEST_SUITE_P(Evidence, CriterionTable,
                         ::testing::Values(Case{"", 1, 1, 1, 0, 0},     // nothing yet
                                           Case{"A", 1, 1, 1, -1, -1},  // just enough
                                           Case{"a", 1, 1, 1, 0, 0},    // wrong
                                           Case{"AB", 2, 4, 3, -1, 2},  // an answer not given is not right
                                           Case{"ABA", 2, 4, 3, -1,
                                                -1},                     // the same question again counts in the window
                                           Case{"AAA", 2, 4, 3, 1, -1},  // but not as another one
                                           Case{"ABCd", 2, 4, 3, -1, -1},    // one wrong is allowed
                                           Case{"ABCde", 2, 4, 3, -1, 2},    // two are not
                                           Case{"ABxxxxC", 2, 4, 3, -1, 1},  // only the newest count
                                           Case{"ABxxxxCDE", 3, 4, 3, -1, -1}));

TEST(EvidenceFor, NamesTheAnswersThatProveItOldestFirst) {
  const auto seqs = [](const char* answers, const catalog::v1::MasteryCriterion& criterion) {
    std::vector<int64_t> result;
    for (const EventRef& ref : EvidenceFor(criterion, EvidenceOf(answers))) result.push_back(ref.seq);
    return result;
  };
  EXPECT_THAT(seqs("ABA", CriterionOf(2, 4, 3)), ElementsAre(1, 2, 3));
  EXPECT_THAT(seqs("ABxxAAA", CriterionOf(2, 4, 3)), ElementsAre(1, 2, 5, 6, 7));  // distinct ones before the window
  EXPECT_THAT(seqs("ABCD", CriterionOf(2, 2, 2)), ElementsAre(1, 2, 3, 4));
}

}  // namespace
}  // namespace edirae::progress
