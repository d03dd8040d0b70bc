#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_ANSWER_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_ANSWER_H_

#include <cstdint>

#include "absl/types/span.h"

namespace edirae::recommend::mastery {

// XXH64 of an id, as everywhere in recommend: the model knows items and concepts by nothing else.
using ItemKey = uint64_t;
using ConceptKey = uint64_t;

// What may be asked of a learner at a time. The spans are borrowed.
struct Question {
  ItemKey item = 0;
  // What the item is about, in any order. The smallest limits::kMaxConceptsOfItem different keys count; none is
  // allowed.
  absl::Span<const ConceptKey> concepts;
  // Concepts that those build on. They speak for a concept that the learner never met; none is allowed.
  absl::Span<const ConceptKey> prerequisites;
  // Unix seconds of the question, 0 when only the order is known. It may run backwards: then no time has passed.
  int64_t time_seconds = 0;
};

}  // namespace edirae::recommend::mastery

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_ANSWER_H_
