#include "common/guessing/guess.h"

#include <cmath>

namespace edirae {
namespace {

// In how many ways it can be answered; 0 for no end of them.
double Answers(const catalog::v1::Question& question) {
  const int choices = question.choices_size();
  switch (question.kind()) {
    case catalog::v1::QUESTION_KIND_SINGLE_CHOICE:
      return choices;
    case catalog::v1::QUESTION_KIND_SEVERAL_CHOICE:
      return std::exp2(choices) - 1;
    case catalog::v1::QUESTION_KIND_ORDERING:
      return std::tgamma(choices + 1);
    default:
      return 0;
  }
}

}  // namespace

int GuessPermille(const catalog::v1::Question& question) {
  const double answers = Answers(question);
  return answers < 1 ? 0 : static_cast<int>(std::lround(1000 / answers));
}

}  // namespace edirae
