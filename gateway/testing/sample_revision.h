#ifndef EDIRAE_GATEWAY_TESTING_SAMPLE_REVISION_H_
#define EDIRAE_GATEWAY_TESTING_SAMPLE_REVISION_H_

#include "common/catalog_feed/catalog_feed.h"

namespace edirae::gateway::testing {

// Stands in everything of a revision that a learner must not see.
inline constexpr char kSecretMark[] = "SECRET-OF-THE-KEY";

inline constexpr int kManyQuestions = 120;

// Two roadmaps. "ml" has the stages "one" (concepts "vectors" and "bayes") and "two" ("trees"); "vectors" has
// `kManyQuestions` questions, "bayes" one question, shared with "vectors", and one card. "art" is empty.
CatalogRevision SampleRevision(int64_t number = 7);

}  // namespace edirae::gateway::testing

#endif  // EDIRAE_GATEWAY_TESTING_SAMPLE_REVISION_H_
