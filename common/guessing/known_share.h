#ifndef EDIRAE_COMMON_GUESSING_KNOWN_SHARE_H_
#define EDIRAE_COMMON_GUESSING_KNOWN_SHARE_H_

namespace edirae {

// Answers, counted for an estimate of how much somebody knows.
struct AnswerTally {
  int right = 0;
  int count = 0;
  int guess_permille_sum = 0;  // over all of them, how likely a guess would have been right
};

// What is surely known, 0 to 1: the lower end of Wilson's score interval for the share of right answers, at one-sided
// 90 %, with the expected share of lucky guesses taken out by Abbott's formula (p − g) / (1 − g). 0 without answers.
// E. B. Wilson, "Probable inference, the law of succession, and statistical inference" (1927); W. S. Abbott, "A method
// of computing the effectiveness of an insecticide" (1925).
double SurelyKnown(const AnswerTally& tally);

// What is possibly known, 0 to 1: the upper end in the same way. 1 without answers.
double PossiblyKnown(const AnswerTally& tally);

}  // namespace edirae

#endif  // EDIRAE_COMMON_GUESSING_KNOWN_SHARE_H_
