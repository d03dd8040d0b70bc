#ifndef EDIRAE_SERVICES_PROGRESS_DOMAIN_LEARNER_STATE_H_
#define EDIRAE_SERVICES_PROGRESS_DOMAIN_LEARNER_STATE_H_

#include <algorithm>
#include <cstdint>
#include <memory>
#include <vector>

#include "services/progress/domain/event_id.h"
#include "services/progress/domain/key.h"
#include "services/progress/domain/learner_plan.h"

namespace edirae::progress {

// An event of the learner's history.
struct EventRef {
  int64_t seq = 0;
  EventId id;

  friend bool operator==(const EventRef&, const EventRef&) = default;
};

// One answer as evidence.
struct AnswerOutcome {
  EventRef event;
  Key question = 0;
  uint32_t at = 0;  // when the ledger took it, Unix seconds
  uint16_t guess_permille = 0;
  bool correct = false;
  bool aided = false;  // after a hint

  friend bool operator==(const AnswerOutcome&, const AnswerOutcome&) = default;
};

// The first right answer to a question without a hint or, while there is none, the first right one.
struct FirstCorrect {
  Key question = 0;
  EventRef event;
  uint32_t at = 0;  // when the ledger took it, Unix seconds
  bool aided = false;

  friend bool operator==(const FirstCorrect&, const FirstCorrect&) = default;
};

// What the history says about one concept.
struct ConceptState {
  int32_t answer_count = 0;
  int32_t correct_count = 0;
  std::vector<FirstCorrect> first_correct;  // one a question, since the last lapse
  // Answers that count, oldest first, at most limits::kEvidenceWindow. Those up to `since()` are here only for as long
  // as a repetition of their questions would not count.
  std::vector<AnswerOutcome> newest;
  EventRef mastered;  // the ConceptMastered event; seq 0 before, and after a lapse
  EventRef lapsed;    // the last ConceptLapsed event; seq 0 without one

  // Place in the history behind which answers are evidence for the next decision.
  int64_t since() const { return std::max(mastered.seq, lapsed.seq); }

  friend bool operator==(const ConceptState&, const ConceptState&) = default;
};

// A stage whose gate has opened.
struct PassedStage {
  Key stage = 0;  // KeyOfStage
  int64_t seq = 0;

  friend bool operator==(const PassedStage&, const PassedStage&) = default;
};

// Hints that were shown since the question was answered last.
struct OpenHints {
  Key question = 0;
  int32_t count = 0;

  friend bool operator==(const OpenHints&, const OpenHints&) = default;
};

// An answer that came too fast to count. The question was explained all the same, so that a repetition does not count
// either.
struct FastAnswer {
  Key question = 0;
  uint32_t at = 0;  // when the ledger took it, Unix seconds

  friend bool operator==(const FastAnswer&, const FastAnswer&) = default;
};

// A milestone that is approved.
struct ApprovedMilestone {
  Key milestone = 0;
  EventRef event;  // the first approval

  friend bool operator==(const ApprovedMilestone&, const ApprovedMilestone&) = default;
};

// Everything that gates need to know of one learner, folded from the history by `Fold` and nothing else. A fork shares
// the concepts and the plan of its origin until it changes them, so that one event costs the few concepts that changed
// lately and not all of them. Not synchronised; once shared between threads it is const.
class LearnerState {
 public:
  LearnerState() = default;
  LearnerState(LearnerState&&) = default;
  LearnerState& operator=(LearnerState&&) = default;

  // A state that starts out equal and can be changed without touching this one.
  LearnerState Fork() const;

  // Place of the last event folded; 0 without a history.
  int64_t last_seq() const { return last_seq_; }
  // Null without evidence. Valid until the next change.
  const ConceptState* Find(Key concept_key) const;
  bool Passed(Key stage) const;
  // 0 when no hint of the question was shown since it was answered last.
  int HintsShown(Key question) const;
  // How many questions have such hints.
  size_t open_hints() const { return hints_.size(); }
  // Null when the milestone is not approved. Valid until the next change.
  const EventRef* Approval(Key milestone) const;
  // Answers that came too fast, oldest first: all those of the last limits::kRepeatSeconds, and perhaps older ones.
  const std::vector<FastAnswer>& fast_answers() const { return fast_answers_; }
  const LearnerPlan& plan() const;

  void set_last_seq(int64_t seq) { last_seq_ = seq; }
  ConceptState& Mutable(Key concept_key);
  void Pass(Key stage, int64_t seq);
  void ShowHint(Key question, int number);
  void ForgetHints(Key question);
  void Approve(Key milestone, const EventRef& event);
  void NoteFastAnswer(Key question, uint32_t at);
  LearnerPlan& MutablePlan();

  // By value, not by what is shared.
  friend bool operator==(const LearnerState& a, const LearnerState& b);

 private:
  struct Entry {
    Key key;
    std::shared_ptr<ConceptState> evidence;
    bool own;  // made by this state, so nobody else sees it
  };
  using Entries = std::vector<Entry>;  // by key
  // All concepts.
  Entries Merged() const;

  int64_t last_seq_ = 0;
  std::shared_ptr<const Entries> settled_;  // shared by many forks; null when there are none
  Entries changed_;                         // since then; these count where both have a concept
  std::vector<PassedStage> passed_;
  std::vector<OpenHints> hints_;  // at most limits::kMaxOpenHints
  std::vector<ApprovedMilestone> approved_;
  std::vector<FastAnswer> fast_answers_;  // at most limits::kMaxFastAnswers
  std::shared_ptr<LearnerPlan> plan_;     // null when there is nothing
  bool owns_plan_ = false;                // made by this state, so nobody else sees it
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_DOMAIN_LEARNER_STATE_H_
