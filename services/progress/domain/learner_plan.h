#ifndef EDIRAE_SERVICES_PROGRESS_DOMAIN_LEARNER_PLAN_H_
#define EDIRAE_SERVICES_PROGRESS_DOMAIN_LEARNER_PLAN_H_

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "edirae/events/v1/learner_event.pb.h"
#include "services/progress/domain/event_id.h"
#include "services/progress/domain/key.h"

namespace edirae::progress {

// A roadmap that the learner follows.
struct Enrolment {
  Key roadmap = 0;
  uint32_t at = 0;  // when the ledger took it, Unix seconds

  friend bool operator==(const Enrolment&, const Enrolment&) = default;
};

// What one mentor found of a submission. Mentors are told apart by the keys of their ids: a state names nobody but its
// learner, so that an erased mentor is in none.
struct FoundByMentor {
  Key mentor = 0;
  events::v1::ReviewVerdict verdict = events::v1::REVIEW_VERDICT_UNSPECIFIED;
  EventId event;

  friend bool operator==(const FoundByMentor&, const FoundByMentor&) = default;
};

// Work that waits for a decision.
struct OpenSubmission {
  EventId id;       // of the event that recorded it
  uint32_t at = 0;  // when the ledger took it, Unix seconds
  events::v1::MilestoneSubmitted content;
  std::vector<FoundByMentor> reviews;
  Key claimed_by = 0;          // the mentor who has taken it; 0 when nobody has
  uint32_t claimed_until = 0;  // Unix seconds

  // Whether `mentor_id` may review it at `now`, Unix seconds.
  bool IsClaimedBy(const std::string& mentor_id, int64_t now) const {
    return claimed_by == KeyOf(mentor_id) && now < int64_t{claimed_until};
  }
  // Whether somebody else has taken it.
  bool IsClaimedByAnother(const std::string& mentor_id, int64_t now) const {
    return claimed_by != 0 && claimed_by != KeyOf(mentor_id) && now < int64_t{claimed_until};
  }
  bool IsReviewedBy(const std::string& mentor_id) const {
    return std::ranges::find(reviews, KeyOf(mentor_id), &FoundByMentor::mentor) != reviews.end();
  }

  friend bool operator==(const OpenSubmission& a, const OpenSubmission& b) {
    return a.id == b.id && a.at == b.at && a.content.SerializeAsString() == b.content.SerializeAsString() &&
           a.reviews == b.reviews && a.claimed_by == b.claimed_by && a.claimed_until == b.claimed_until;
  }
};

// A learner's work on one milestone.
struct MilestoneWork {
  Key milestone = 0;
  int32_t attempts = 0;
  std::optional<OpenSubmission> open;
  EventId newest;                                                              // submission; all zero without one
  events::v1::ReviewVerdict decided = events::v1::REVIEW_VERDICT_UNSPECIFIED;  // the newest decision
  std::vector<Key> returned_by;         // mentors who returned what was decided last
  std::string feedback;                 // of the newest review
  std::vector<std::string> done_steps;  // at most limits::kMaxDoneSteps

  friend bool operator==(const MilestoneWork&, const MilestoneWork&) = default;
};

// What a learner intends and hands in: what is seldom looked at, and no evidence for mastery.
struct LearnerPlan {
  std::vector<Enrolment> enrolments;
  std::optional<events::v1::GoalSet> goal;
  events::v1::ConceptsPinned pins;
  std::optional<events::v1::PreferencesSet> preferences;
  std::vector<MilestoneWork> works;

  bool IsEnrolled(Key roadmap) const { return EnrolmentIn(roadmap) != nullptr; }
  // Null when the learner does not follow it.
  const Enrolment* EnrolmentIn(Key roadmap) const;
  // Null without any work.
  const MilestoneWork* FindWork(Key milestone) const;
  // Null when nothing with this id waits.
  const MilestoneWork* FindOpen(const EventId& submission) const;
  int open_submissions() const;

  MilestoneWork& MutableWork(Key milestone);

  friend bool operator==(const LearnerPlan& a, const LearnerPlan& b);
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_DOMAIN_LEARNER_PLAN_H_
