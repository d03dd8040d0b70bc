#ifndef EDIRAE_SERVICES_PROGRESS_DOMAIN_EXPLAIN_H_
#define EDIRAE_SERVICES_PROGRESS_DOMAIN_EXPLAIN_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "edirae/events/v1/learner_event.pb.h"
#include "edirae/progress/v1/gate.pb.h"
#include "services/progress/domain/learner_state.h"
#include "services/progress/domain/retained_content.h"

namespace edirae::progress {

// Makes one decision of a history again, from what came before it and the criterion that it names. Give it the history
// from its beginning until `done`, then ask. Not thread-safe.
class DecisionReplay {
 public:
  explicit DecisionReplay(std::string event_id) : event_id_(std::move(event_id)) {}

  // Takes the next event of the history. Errors of `Fold`.
  absl::Status Take(const events::v1::LearnerEvent& event);

  // Whether nothing that follows matters.
  bool done() const { return done_; }
  // Place of the last event taken.
  int64_t last_seq() const { return last_seq_; }

  // The decision again. `content` gives the criteria of events that do not hold them, and what became of concepts.
  // NOT_FOUND with reason DECISION_NOT_FOUND when no decision with the id was taken.
  absl::StatusOr<v1::DecisionExplanation> Explain(const RetainedContent& content) const;

 private:
  // An event that stands for a concept or a milestone.
  struct Proof {
    Key subject = 0;
    bool milestone = false;
  };

  void Remember(const events::v1::LearnerEvent& event);
  template <class Decided>
  void ExplainConcept(const Decided& decided, const RetainedContent& content, v1::DecisionExplanation& to) const;
  void ExplainAdvance(const events::v1::AdvanceRequested& decided, const RetainedContent& content,
                      v1::DecisionExplanation& to) const;
  void ExplainPassage(const events::v1::StagePassed& decided, v1::DecisionExplanation& to) const;
  // Whether the proof still stood when the decision was made.
  bool Stands(const std::string& event_id) const;

  const std::string event_id_;
  LearnerState state_;  // before the decision
  absl::flat_hash_map<std::string, Proof> proofs_;
  std::optional<events::v1::LearnerEvent> decision_;
  std::vector<std::string> mastered_with_it_;  // concepts, by the same request
  int64_t last_seq_ = 0;
  bool done_ = false;
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_DOMAIN_EXPLAIN_H_
