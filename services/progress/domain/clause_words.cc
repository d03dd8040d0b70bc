#include "services/progress/domain/clause_words.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace edirae::progress {
namespace {

std::string Count(int number, absl::string_view one, absl::string_view many) {
  return absl::StrCat(number, " ", number == 1 ? one : many);
}

std::string MoreRight(int number) { return Count(number, "more right answer", "more right answers"); }

std::string Hours(int number) { return Count(number, "hour", "hours"); }

}  // namespace

std::string InWords(const Clause& clause) {
  switch (clause.clause) {
    case v1::CRITERION_CLAUSE_DISTINCT_CORRECT:
      return absl::StrCat(Count(clause.need, "question", "different questions"), " right");
    case v1::CRITERION_CLAUSE_WINDOW_CORRECT:
      return absl::StrCat(clause.need, " of the newest ", Count(clause.window, "answer", "answers"), " right");
    case v1::CRITERION_CLAUSE_ACCURACY:
      return absl::StrCat("surely ", clause.need, " % known, by the newest ",
                          Count(clause.window, "answer", "answers"));
    case v1::CRITERION_CLAUSE_RIGHT_AGAIN:
      return absl::StrCat("right again after ", Hours(clause.need));
    case v1::CRITERION_CLAUSE_WITHOUT_HINTS:
      return absl::StrCat(Count(clause.need, "question", "different questions"), " right without a hint");
    case v1::CRITERION_CLAUSE_MILESTONE_APPROVED:
      return "the milestone approved by a reviewer";
    default:
      return "";
  }
}

std::string MissingInWords(const Clause& clause, int more) {
  const int lacking = clause.need - clause.have;
  switch (clause.clause) {
    case v1::CRITERION_CLAUSE_DISTINCT_CORRECT:
      return absl::StrCat(MoreRight(lacking), lacking == 1 ? " on another question" : " on different questions");
    case v1::CRITERION_CLAUSE_WINDOW_CORRECT:
      return absl::StrCat(MoreRight(lacking), " among the newest ", clause.window);
    case v1::CRITERION_CLAUSE_ACCURACY:
      return absl::StrCat(MoreRight(more), more == 1 ? "" : " in a row", "; ", clause.have, " % is sure so far");
    case v1::CRITERION_CLAUSE_RIGHT_AGAIN:
      return absl::StrCat("a right answer at least ", Hours(clause.need), " after the first");
    case v1::CRITERION_CLAUSE_WITHOUT_HINTS:
      return absl::StrCat(MoreRight(lacking), " without a hint",
                          lacking == 1 ? " on another question" : " on different questions");
    case v1::CRITERION_CLAUSE_MILESTONE_APPROVED:
      return "a reviewer's approval of the milestone";
    default:
      return "";
  }
}

}  // namespace edirae::progress
