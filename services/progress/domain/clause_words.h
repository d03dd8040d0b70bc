#ifndef EDIRAE_SERVICES_PROGRESS_DOMAIN_CLAUSE_WORDS_H_
#define EDIRAE_SERVICES_PROGRESS_DOMAIN_CLAUSE_WORDS_H_

#include <string>

#include "services/progress/domain/criterion.h"

// Clauses in plain English, for learners.
namespace edirae::progress {

// What a clause asks for: "6 different questions right".
std::string InWords(const Clause& clause);

// What would meet a clause that is not met: "2 more right answers on different questions". `more` is what
// `RightAnswersToAccuracy` says, for that clause alone.
std::string MissingInWords(const Clause& clause, int more);

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_DOMAIN_CLAUSE_WORDS_H_
