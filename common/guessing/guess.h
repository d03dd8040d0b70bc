#ifndef EDIRAE_COMMON_GUESSING_GUESS_H_
#define EDIRAE_COMMON_GUESSING_GUESS_H_

#include "edirae/catalog/v1/content.pb.h"

namespace edirae {

// How likely somebody who knows nothing answers the question right, in thousandths, rounded: one choice of them all,
// one selection of all that are not empty, one order of all; 0 for numbers and texts.
int GuessPermille(const catalog::v1::Question& question);

}  // namespace edirae

#endif  // EDIRAE_COMMON_GUESSING_GUESS_H_
