#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_STEPS_STEPS_STATE_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_STEPS_STEPS_STATE_H_

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/container/btree_set.h"
#include "absl/container/flat_hash_map.h"
#include "services/recommend/domain/steps/belief.h"

namespace edirae::recommend::steps {

// One answer to a question on a concept.
struct Answer {
  int32_t concept_index = 0;  // position in the curriculum, from 0
  bool correct = false;
  double at_days = 0;  // since the Unix epoch
};

// What is believed of one learner, and the queues that a choice is made from: a value, of about 200 bytes for each
// concept that was answered. What a checkpoint needs is `learner()` and `concepts()`; the queues follow from them.
// Concepts are positions in the curriculum, so the state belongs to one revision of it.
class StepsState {
 public:
  using Concepts = absl::flat_hash_map<int32_t, ConceptBelief>;
  // Secure concepts, the longest due first: when (days), and which.
  using Reviews = absl::btree_set<std::pair<double, int32_t>>;

  StepsState() = default;
  StepsState(const LearnerBelief& learner, Concepts concepts);

  const LearnerBelief& learner() const { return learner_; }
  const Concepts& concepts() const { return concepts_; }
  // Null for a concept without answers.
  const ConceptBelief* Find(int32_t concept_index) const;

  // Begun and not secure, in curriculum order.
  const absl::btree_set<int32_t>& begun() const { return begun_; }
  // Times are those for the learner's scale of stability as it was when the queue was last put in order; at most a
  // twentieth off.
  const Reviews& reviews() const { return reviews_; }
  // The first concept of the curriculum without answers.
  int32_t first_untouched() const { return first_untouched_; }

 private:
  friend void Observe(const Answer& answer, StepsState& state);

  void Enqueue(int32_t concept_index, const ConceptBelief& belief);
  void Dequeue(int32_t concept_index, const ConceptBelief& belief);
  void Requeue();

  LearnerBelief learner_;
  Concepts concepts_;
  absl::btree_set<int32_t> begun_;
  Reviews reviews_;
  float queued_scale_ = 1;
  int32_t first_untouched_ = 0;
};

// Learns from an answer. O(log n) in the number of concepts, except when the learner's scale of stability has moved by
// a twentieth since the reviews were put in order: then they are put in order again, which becomes rare as answers
// come in. `answer.concept_index` is 0 or more.
void Observe(const Answer& answer, StepsState& state);

}  // namespace edirae::recommend::steps

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_STEPS_STEPS_STATE_H_
