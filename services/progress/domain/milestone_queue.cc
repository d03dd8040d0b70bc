#include "services/progress/domain/milestone_queue.h"

#include <algorithm>

#include "services/progress/domain/mentor_acts.h"
#include "services/progress/limits.h"

namespace edirae::progress {

using events::v1::LearnerEvent;

bool MilestoneQueue::Concerns(const LearnerEvent& event) {
  switch (event.body_case()) {
    case LearnerEvent::kMilestoneSubmitted:
    case LearnerEvent::kMilestoneWithdrawn:
    case LearnerEvent::kMilestoneClaimed:
    case LearnerEvent::kMilestoneReleased:
    case LearnerEvent::kMilestoneReviewed:
    case LearnerEvent::kMilestoneDecided:
    case LearnerEvent::kLearnerErased:
      return true;
    default:
      return false;
  }
}

void MilestoneQueue::Apply(const QueueEvent& next) {
  const LearnerEvent& event = next.event;
  const std::string& learner_id = event.learner_id();
  switch (event.body_case()) {
    case LearnerEvent::kMilestoneSubmitted:
      return Add(next);
    case LearnerEvent::kMilestoneWithdrawn:
      return Remove({learner_id, event.milestone_withdrawn().milestone_id()});
    case LearnerEvent::kMilestoneDecided:
      return Remove({learner_id, event.milestone_decided().milestone_id()});
    case LearnerEvent::kMilestoneClaimed: {
      const auto& claimed = event.milestone_claimed();
      if (MentorOf(event).starts_with(kErasedMentorMark)) return;  // whose claim has ended
      if (Waiting* waiting = Find({learner_id, claimed.milestone_id()})) {
        waiting->claimed_by = claimed.mentor_id();
        waiting->claimed_until = claimed.expire_time().seconds();
      }
      return;
    }
    case LearnerEvent::kMilestoneReleased:
      if (Waiting* waiting = Find({learner_id, event.milestone_released().milestone_id()})) waiting->claimed_until = 0;
      return;
    case LearnerEvent::kMilestoneReviewed: {
      const auto& reviewed = event.milestone_reviewed();
      if (reviewed.submission_id().empty()) return Remove({learner_id, reviewed.milestone_id()});
      if (Waiting* waiting = Find({learner_id, reviewed.milestone_id()})) {
        waiting->claimed_until = 0;
        waiting->reviewed_by.push_back(reviewed.reviewer_id());
      }
      return;
    }
    case LearnerEvent::kLearnerErased:
      return ForgetPseudonym(learner_id);
    default:
      return;
  }
}

std::string MilestoneQueue::LearnerOf(const std::string& submission_id) const {
  const auto at = whose_.find(submission_id);
  return at != whose_.end() ? at->second.learner_id : std::string();
}

QueuePage MilestoneQueue::List(const QueueQuery& query) const {
  QueuePage page;
  int looked_at = 0;
  int64_t last = query.after_position;
  for (auto at = waiting_.upper_bound(query.after_position); at != waiting_.end(); ++at) {
    if (page.submissions.size() == query.most || looked_at == limits::kMaxQueueScan) {
      page.next_position = last;
      break;
    }
    ++looked_at;
    const auto& [position, waiting] = *at;
    last = position;
    if (!IsFor(waiting, query)) continue;
    v1::MilestoneSubmission& listed = page.submissions.emplace_back();
    listed.set_submission_id(waiting.submission_id);
    listed.set_milestone_id(waiting.milestone_id);
    listed.mutable_submit_time()->set_seconds(waiting.at);
    listed.set_attempt(waiting.attempt);
    listed.set_review_count(static_cast<int32_t>(waiting.reviewed_by.size()));
    if (query.now < waiting.claimed_until) listed.mutable_claim_expire_time()->set_seconds(waiting.claimed_until);
  }
  return page;
}

bool MilestoneQueue::IsFor(const Waiting& waiting, const QueueQuery& query) {
  if (!query.milestone_id.empty() && waiting.milestone_id != query.milestone_id) return false;
  if (waiting.learner_id == query.mentor_id) return false;
  if (query.now < waiting.claimed_until && waiting.claimed_by != query.mentor_id) return false;
  return std::ranges::find(waiting.reviewed_by, query.mentor_id) == waiting.reviewed_by.end();
}

void MilestoneQueue::Forget(const std::string& learner_id) {
  std::vector<Work> works;
  for (const auto& [position, waiting] : waiting_) {
    if (waiting.learner_id == learner_id) works.emplace_back(learner_id, waiting.milestone_id);
  }
  for (const Work& work : works) Remove(work);
  absl::erase_if(whose_, [&](const auto& known) { return known.second.learner_id == learner_id; });
}

void MilestoneQueue::ForgetMentor(const std::string& mentor_id) {
  for (auto& [position, waiting] : waiting_) {
    if (waiting.claimed_by == mentor_id) {
      waiting.claimed_by.clear();
      waiting.claimed_until = 0;
    }
    std::ranges::replace(waiting.reviewed_by, mentor_id, std::string());  // that somebody did is what counts
  }
}

void MilestoneQueue::ForgetPseudonym(const std::string& pseudonym) {
  const auto known =
      std::ranges::find_if(whose_, [&](const auto& whose) { return whose.second.pseudonym == pseudonym; });
  if (known != whose_.end()) Forget(std::string(known->second.learner_id));
}

void MilestoneQueue::Add(const QueueEvent& next) {
  const auto& submitted = next.event.milestone_submitted();
  const Work work(next.event.learner_id(), submitted.milestone_id());
  Remove(work);
  position_of_[work] = next.position;
  whose_[next.event.event_id()] = {next.event.learner_id(), next.pseudonym};
  waiting_[next.position] = {.learner_id = next.event.learner_id(),
                             .submission_id = next.event.event_id(),
                             .milestone_id = submitted.milestone_id(),
                             .at = next.event.record_time().seconds(),
                             .attempt = submitted.attempt()};
}

void MilestoneQueue::Remove(const Work& work) {
  const auto at = position_of_.find(work);
  if (at == position_of_.end()) return;
  const auto waiting = waiting_.find(at->second);
  closed_.push_back(waiting->second.submission_id);
  if (closed_.size() > limits::kClosedSubmissions) {
    whose_.erase(closed_.front());
    closed_.pop_front();
  }
  waiting_.erase(waiting);
  position_of_.erase(at);
}

MilestoneQueue::Waiting* MilestoneQueue::Find(const Work& work) {
  const auto at = position_of_.find(work);
  return at != position_of_.end() ? &waiting_.at(at->second) : nullptr;
}

}  // namespace edirae::progress
