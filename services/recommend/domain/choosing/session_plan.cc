#include "services/recommend/domain/choosing/session_plan.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/recommend/domain/choosing/agenda.h"
#include "services/recommend/domain/choosing/goal_sentences.h"
#include "services/recommend/domain/choosing/item_choice.h"
#include "services/recommend/domain/choosing/sentences.h"
#include "services/recommend/domain/choosing/suggestions.h"
#include "services/recommend/domain/steps/next_step.h"
#include "services/recommend/limits.h"

namespace edirae::recommend::choosing {
namespace {

constexpr int kConceptsAtOnce = 4;  // that questions go round between
constexpr int kMinutesANewConcept = 60;

// One concept that is being learned in the session.
struct Learned {
  int position = 0;
  int questions_left = 0;  // until it was asked about often enough today
  std::vector<const TaughtQuestion*> taken = {};
};

class SessionPlanner {
 public:
  SessionPlanner(const LearnerView& view, int minutes)
      : view_(view), left_(minutes), to_learn_(ToLearn(view, 2 * kConceptsAtOnce)) {}

  v1::SessionPlan Plan() && {
    const int minutes = left_;
    CollectDue();
    Review(minutes * 2 / 5);
    Learn();
    Review(left_);
    StretchStudy();
    v1::SessionPlan plan;
    plan.set_minutes(minutes);
    plan.set_planned_minutes(minutes - left_);
    Interleave(plan);
    Summarize(plan);
    if (auto goal = StandingOf(view_, to_learn_, StageIsLearned(view_)); goal.has_value()) {
      *plan.mutable_goal() = *std::move(goal);
    }
    return plan;
  }

 private:
  v1::SessionItem Item(int position, v1::SessionItemKind kind, int minutes) {
    v1::SessionItem item;
    item.set_kind(kind);
    item.set_concept_id(view_.Taught(position).id);
    item.set_minutes(minutes);
    if (const auto suggestion = SuggestionFor(view_, position); suggestion.has_value()) {
      item.set_reason(suggestion->reason());
      item.set_explanation(suggestion->explanation());
    }
    return item;
  }

  void CollectDue() {
    for (const int position : DueReviews(view_)) {
      const ConceptState& state = view_.StateOf(position);
      for (const TaughtCard& card : view_.Taught(position).cards) {
        const SeenCard* seen = Seen(view_, position, card);
        if (seen == nullptr || seen->recall.due_ms > view_.now_ms()) continue;
        due_.push_back(Item(position, v1::SESSION_ITEM_KIND_CARD, kMinutesOfCard));
        due_.back().set_card_id(card.id);
      }
      const TaughtQuestion* question = NextQuestion(view_, position).question;
      if (!state.recall.planned() || state.recall.due_ms > view_.now_ms() || question == nullptr) continue;
      due_.push_back(Item(position, v1::SESSION_ITEM_KIND_REVIEW, kMinutesOfQuestion));
      due_.back().set_question_id(question->id);
      recalled_.push_back(position);
    }
  }

  // Takes reviews that are due into at most `minutes`.
  void Review(int minutes) {
    while (taken_ < due_.size() && due_[taken_].minutes() <= minutes) {
      minutes -= due_[taken_].minutes();
      left_ -= due_[taken_].minutes();
      reviews_.push_back(std::move(due_[taken_++]));
    }
  }

  void Learn() {
    std::vector<Learned> learned;
    int new_left = 1 + left_ / kMinutesANewConcept;
    for (const auto [position, claim] : to_learn_) {
      if (learned.size() == kConceptsAtOnce) break;
      if (std::ranges::find(recalled_, position) != recalled_.end()) continue;
      if (!view_.Begun(position) && claim != Claim::kSaidToBeKnown) {
        if (new_left-- <= 0) continue;
        const int lesson = std::max(view_.Taught(position).estimated_minutes, limits::kMinSessionMinutes);
        const int minutes =
            std::min({lesson, kMinutesOfStudy, std::max(left_ * 2 / 5, limits::kMinSessionMinutes), left_});
        if (minutes <= 0) break;
        study_.push_back(learning_.size());
        learning_.push_back(Item(position, v1::SESSION_ITEM_KIND_STUDY, minutes));
        study_left_.push_back(lesson - minutes);
        left_ -= minutes;
        ++new_concepts_;
      }
      learned.push_back({.position = position, .questions_left = steps::kPracticesADay - view_.AnswersToday(position)});
    }
    while (left_ >= kMinutesOfQuestion && AskAround(learned)) {
    }
  }

  // One question on each; false when none was left.
  bool AskAround(std::vector<Learned>& learned) {
    bool asked = false;
    for (Learned& it : learned) {
      if (left_ < kMinutesOfQuestion || it.questions_left <= 0) continue;
      const TaughtQuestion* question = NextQuestion(view_, it.position, it.taken).question;
      if (question == nullptr) continue;
      it.taken.push_back(question);
      --it.questions_left;
      learning_.push_back(Item(it.position, v1::SESSION_ITEM_KIND_QUESTION, kMinutesOfQuestion));
      learning_.back().set_question_id(question->id);
      left_ -= kMinutesOfQuestion;
      ++questions_;
      asked = true;
    }
    return asked;
  }

  void StretchStudy() {
    for (size_t i = 0; i < study_.size(); ++i) {
      const int more = std::min(left_, study_left_[i]);
      learning_[study_[i]].set_minutes(learning_[study_[i]].minutes() + more);
      left_ -= more;
    }
  }

  // Spreads the reviews evenly over the learning, one of them first.
  void Interleave(v1::SessionPlan& plan) {
    const size_t all = reviews_.size() + learning_.size();
    size_t review = 0;
    for (size_t i = 0; i < all; ++i) {
      const bool takes_review = review * all <= i * reviews_.size() && review < reviews_.size();
      const size_t learning = i - review;
      *plan.add_items() =
          takes_review || learning >= learning_.size() ? std::move(reviews_[review++]) : std::move(learning_[learning]);
    }
  }

  void Summarize(v1::SessionPlan& plan) const {
    const auto reviews = static_cast<int>(reviews_.size());
    plan.set_review_count(reviews);
    plan.set_new_concept_count(new_concepts_);
    plan.set_question_count(questions_);
    std::vector<std::string> parts;
    if (reviews > 0) parts.push_back(Count(reviews, "review"));
    if (new_concepts_ > 0) parts.push_back(Count(new_concepts_, "new concept"));
    if (questions_ > 0) parts.push_back(Count(questions_, "question"));
    plan.set_summary(absl::StrCat(
        Count(plan.minutes(), "minute"), ": ",
        parts.empty() ? "nothing is due, and nothing that is open can be asked now" : absl::StrJoin(parts, ", ")));
  }

  const LearnerView& view_;
  int left_;  // minutes
  const std::vector<ToDo> to_learn_;
  std::vector<v1::SessionItem> due_;
  size_t taken_ = 0;           // of due_
  std::vector<int> recalled_;  // concepts that questions among due_ are about
  std::vector<v1::SessionItem> reviews_;
  std::vector<v1::SessionItem> learning_;
  std::vector<size_t> study_;    // places in learning_
  std::vector<int> study_left_;  // minutes that their lessons take beyond that
  int new_concepts_ = 0;
  int questions_ = 0;
};

}  // namespace

v1::SessionPlan PlanSession(const LearnerView& view, int minutes) { return SessionPlanner(view, minutes).Plan(); }

}  // namespace edirae::recommend::choosing
