#include "cli/demo/morning.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/time/clock.h"
#include "cli/client/render.h"
#include "cli/client/reply.h"
#include "cli/client/session.h"
#include "cli/demo/answer_sheet.h"
#include "cli/demo/live_home.h"
#include "common/ids/ids.h"
#include "common/status/macros.h"
#include "gateway/auth/token.h"

namespace edirae::cli {
namespace {

using Stub = Session::Learn::Stub;

constexpr char kRoadmap[] = "machine-learning";
constexpr absl::Duration kPatience = absl::Seconds(10);
constexpr int kRightAnswers = 6;
constexpr int kHoursPerWeek = 8;

// Rounds a wait up to what a reader wants to know.
std::string Millis(absl::Duration duration) { return absl::StrCat(absl::ToInt64Milliseconds(duration), " ms"); }

class Morning {
 public:
  Morning(Session& session, AnswerSheet sheet, LiveHome& live, std::ostream& out, const Style& style)
      : session_(session), sheet_(std::move(sheet)), live_(live), out_(out), style_(style) {}

  absl::Status Play() {
    EDIRAE_RETURN_IF_ERROR(LookAround());
    EDIRAE_RETURN_IF_ERROR(OpenAndRecall());
    EDIRAE_RETURN_IF_ERROR(AnswerWrong());
    EDIRAE_RETURN_IF_ERROR(AnswerRight());
    EDIRAE_RETURN_IF_ERROR(AnswerAfterAHint());
    EDIRAE_RETURN_IF_ERROR(AskToAdvance());
    EDIRAE_RETURN_IF_ERROR(LookAtTheGate());
    EDIRAE_RETURN_IF_ERROR(ChooseAGoal());
    return RetryTheLastAnswer();
  }

 private:
  void Say(const std::string& text) { out_ << "\n" << style_.Bold(absl::StrCat("── ", text)) << "\n"; }

  absl::Status LookAround() {
    learn::v1::GetHomeRequest request;
    request.set_roadmap_id(kRoadmap);
    EDIRAE_ASSIGN_OR_RETURN(const auto response, session_.Call(&Stub::GetHome, request));
    Say("A new learner opens the platform");
    PrintHome(out_, style_, response.home());
    last_steps_ = StepsInWords(response.home().next_steps());
    const progress::v1::RoadmapProgress& progress = response.home().progress();
    stage_id_ = progress.current_stage_id();
    if (response.home().next_steps().suggestions().empty()) return absl::InternalError("nothing was suggested");
    first_step_ = response.home().next_steps().suggestions(0);

    learn::v1::ListQuestionsRequest questions;
    questions.set_concept_id(first_step_.concept_id());
    EDIRAE_ASSIGN_OR_RETURN(questions_, session_.Call(&Stub::ListQuestions, questions));
    if (questions_.questions_size() < kRightAnswers + 1) {
      return absl::InternalError("the first concept has too few questions");
    }
    return absl::OkStatus();
  }

  absl::Status OpenAndRecall() {
    if (!first_step_.resource_ids().empty()) {
      Say(absl::StrCat("She opens a resource: ", first_step_.resource_ids(0)));
      learn::v1::OpenResourceRequest request;
      request.set_request_id(NewUuid7(absl::Now()));
      request.set_resource_id(first_step_.resource_ids(0));
      EDIRAE_RETURN_IF_ERROR(Record(&Stub::OpenResource, request));
    }
    learn::v1::ListFlashcardsRequest cards;
    cards.set_concept_id(first_step_.concept_id());
    EDIRAE_ASSIGN_OR_RETURN(const auto deck, session_.Call(&Stub::ListFlashcards, cards));
    if (deck.flashcards().empty()) return absl::OkStatus();
    Say("She turns a flashcard and recalls it");
    PrintFlashcard(out_, style_, deck.flashcards(0));
    learn::v1::ReviewCardRequest review;
    review.set_request_id(NewUuid7(absl::Now()));
    review.set_card_id(deck.flashcards(0).card_id());
    review.set_rating(events::v1::CARD_RATING_GOOD);
    return Record(&Stub::ReviewCard, review);
  }

  absl::Status AnswerWrong() {
    Say("She answers a question, and is wrong");
    const catalog::v1::Question& question = questions_.questions(0);
    EDIRAE_ASSIGN_OR_RETURN(const catalog::v1::Reply reply, sheet_.Wrong(question.question_id()));
    return Answer(question, reply);
  }

  absl::Status AnswerRight() {
    for (int i = 1; i <= kRightAnswers; ++i) {
      const catalog::v1::Question& question = questions_.questions(i);
      Say(absl::StrCat("She answers another question, having thought about it (", i, " of ", kRightAnswers, ")"));
      EDIRAE_ASSIGN_OR_RETURN(const catalog::v1::Reply reply, sheet_.Right(question.question_id()));
      EDIRAE_RETURN_IF_ERROR(Answer(question, reply));
    }
    return absl::OkStatus();
  }

  absl::Status AnswerAfterAHint() {
    const auto& all = questions_.questions();
    const auto question = std::find_if(all.begin() + 1 + kRightAnswers, all.end(),
                                       [](const catalog::v1::Question& one) { return one.hint_count() > 0; });
    if (question == all.end()) return absl::OkStatus();
    Say("She is stuck, and asks for a hint");
    PrintQuestion(out_, style_, *question);
    learn::v1::RequestHintRequest request;
    request.set_request_id(NewUuid7(absl::Now()));
    request.set_question_id(question->question_id());
    EDIRAE_RETURN_IF_ERROR(Record(&Stub::RequestHint, request));
    EDIRAE_ASSIGN_OR_RETURN(const catalog::v1::Reply reply, sheet_.Right(question->question_id()));
    return Answer(*question, reply);
  }

  absl::Status LookAtTheGate() {
    Say("She looks what the gate asks for: mastery takes more than a morning");
    learn::v1::GetGateRequest request;
    request.set_roadmap_id(kRoadmap);
    EDIRAE_ASSIGN_OR_RETURN(const auto response, session_.Call(&Stub::GetGate, request));
    PrintGate(out_, style_, response.gate());
    return absl::OkStatus();
  }

  absl::Status AskToAdvance() {
    Say(absl::StrCat("Full of hope, she asks to pass the gate of ", stage_id_));
    learn::v1::RequestAdvanceRequest request;
    request.set_request_id(NewUuid7(absl::Now()));
    request.set_roadmap_id(kRoadmap);
    request.set_stage_id(stage_id_);
    EDIRAE_RETURN_IF_ERROR(Record(&Stub::RequestAdvance, request));
    if (last_outcome_.gate_decision().granted()) return absl::InternalError("a gate opened without evidence");
    return absl::OkStatus();
  }

  absl::Status ChooseAGoal() {
    learn::v1::GetRoadmapRequest request;
    request.set_roadmap_id(kRoadmap);
    EDIRAE_ASSIGN_OR_RETURN(const auto response, session_.Call(&Stub::GetRoadmap, request));
    if (response.roadmap().career_paths().empty()) return absl::OkStatus();
    const catalog::v1::CareerPath& career = response.roadmap().career_paths(0);
    Say(absl::StrCat("She says what she wants to become: ", career.title(), ", in ", kHoursPerWeek, " hours a week"));
    learn::v1::RecordActivityRequest activity;
    activity.set_request_id(NewUuid7(absl::Now()));
    events::v1::GoalSet& goal = *activity.mutable_set_goal()->mutable_goal();
    goal.mutable_career()->set_roadmap_id(kRoadmap);
    goal.mutable_career()->set_career_id(career.career_id());
    goal.set_hours_per_week(kHoursPerWeek);
    return Record(&Stub::RecordActivity, activity);
  }

  absl::Status RetryTheLastAnswer() {
    Say("Her network was flaky, so her client sends the last answer again");
    EDIRAE_ASSIGN_OR_RETURN(const auto response, session_.Call(&Stub::AnswerQuestion, last_answer_));
    if (response.outcome().learner_seq() != last_answer_seq_) {
      return absl::InternalError("a repeated answer was counted twice");
    }
    out_ << "It is recognised: still event " << last_answer_seq_ << ", counted once.\n";
    return absl::OkStatus();
  }

  absl::Status Answer(const catalog::v1::Question& question, const catalog::v1::Reply& reply) {
    PrintQuestion(out_, style_, question);
    out_ << style_.Dim("her answer: ") << ReplyInWords(reply) << "\n";
    learn::v1::AnswerQuestionRequest request;
    request.set_request_id(NewUuid7(absl::Now()));
    request.set_question_id(question.question_id());
    *request.mutable_reply() = reply;
    EDIRAE_RETURN_IF_ERROR(Record(&Stub::AnswerQuestion, request));
    last_answer_ = request;
    last_answer_seq_ = last_outcome_.learner_seq();
    return absl::OkStatus();
  }

  // Sends a write, prints its outcome, and waits for the next steps that it brings about.
  template <class Method, class Request>
  absl::Status Record(Method method, const Request& request) {
    EDIRAE_ASSIGN_OR_RETURN(const auto response, session_.Call(method, request));
    const absl::Time acknowledged = absl::Now();
    last_outcome_ = response.outcome();
    PrintOutcome(out_, style_, last_outcome_);
    EDIRAE_ASSIGN_OR_RETURN(const learn::v1::Home home, live_.WaitFor(last_outcome_.as_of_seq(), kPatience));
    const std::string pushed = Millis(absl::Now() - acknowledged);
    const std::string steps = StepsInWords(home.next_steps());
    if (steps != last_steps_) {
      out_ << style_.Dim(absl::StrCat("live, ", pushed, " later: "));
      PrintNextSteps(out_, style_, home.next_steps());
      last_steps_ = steps;
    } else {
      out_ << style_.Dim(absl::StrCat("live, ", pushed, " later: the next steps stay as they were")) << "\n";
    }
    return absl::OkStatus();
  }

  static std::string StepsInWords(const recommend::v1::NextSteps& steps) {
    std::string words = absl::StrCat(steps.goal().explanation(), "\n");
    for (const recommend::v1::Suggestion& suggestion : steps.suggestions()) {
      absl::StrAppend(&words, suggestion.concept_id(), suggestion.stage_id(), suggestion.milestone_id(),
                      suggestion.explanation(), "\n");
    }
    return words;
  }

  Session& session_;
  const AnswerSheet sheet_;
  LiveHome& live_;
  std::ostream& out_;
  const Style& style_;

  std::string stage_id_;
  recommend::v1::Suggestion first_step_;
  learn::v1::ListQuestionsResponse questions_;
  progress::v1::ActionOutcome last_outcome_;
  learn::v1::AnswerQuestionRequest last_answer_;
  int64_t last_answer_seq_ = 0;
  std::string last_steps_;
};

}  // namespace

absl::Status PlayMorning(const MorningSettings& settings, std::ostream& out, const Style& style) {
  const absl::Time now = absl::Now();
  const std::string learner = absl::StrCat("ada-", absl::FormatTime("%Y%m%d-%H%M%E3S", now, absl::UTCTimeZone()));
  const std::string learner_id = absl::StrReplaceAll(learner, {{".", ""}});
  EDIRAE_ASSIGN_OR_RETURN(const std::string token,
                          gateway::MintToken(settings.token_secret, learner_id, absl::Hours(1), now));
  EDIRAE_ASSIGN_OR_RETURN(AnswerSheet sheet, AnswerSheet::Fetch(settings.catalog, settings.service_token));
  Session session({.address = settings.gateway, .token = token});
  LiveHome live(session, kRoadmap);
  EDIRAE_RETURN_IF_ERROR(Morning(session, std::move(sheet), live, out, style).Play());
  out << "\n" << style.Good("The morning is over.") << "\n";
  return absl::OkStatus();
}

}  // namespace edirae::cli
