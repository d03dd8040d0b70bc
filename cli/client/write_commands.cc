#include "cli/client/write_commands.h"

#include <algorithm>
#include <iostream>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "cli/client/reply.h"
#include "common/ids/ids.h"
#include "common/status/macros.h"

namespace edirae::cli {
namespace {

using Stub = Session::Learn::Stub;

std::string NewRequestId() { return NewUuid7(absl::Now()); }

// Prints the outcome that every write's response carries.
constexpr auto kPrintOutcome = [](std::ostream& stream, const Style& style, const auto& response) {
  PrintOutcome(stream, style, response.outcome());
};

struct FoundQuestion {
  catalog::v1::Question question;
  int64_t catalog_revision = 0;
};

// The question, which belongs to the concept in front of the dot of its id.
absl::StatusOr<FoundQuestion> FindQuestion(const Output& out, const std::string& question_id) {
  learn::v1::ListQuestionsRequest request;
  request.set_concept_id(question_id.substr(0, question_id.find('.')));
  do {
    EDIRAE_ASSIGN_OR_RETURN(const auto response, out.session().Call(&Stub::ListQuestions, request));
    for (const catalog::v1::Question& question : response.questions()) {
      if (question.question_id() == question_id) return FoundQuestion{question, response.catalog_revision()};
    }
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty());
  return absl::NotFoundError(
      absl::StrCat("there is no question '", question_id, "'; `edirae questions CONCEPT` lists them"));
}

std::string AskForReply(const Output& out, const catalog::v1::Question& question) {
  PrintQuestion(std::cerr, out.style(), question);
  std::cerr << "Your answer: " << std::flush;
  std::string line;
  std::getline(std::cin, line);
  return line;
}

absl::StatusOr<std::string> CurrentStage(const Output& out) {
  learn::v1::GetHomeRequest request;
  request.set_roadmap_id(out.roadmap());
  EDIRAE_ASSIGN_OR_RETURN(const auto response, out.session().Call(&Stub::GetHome, request));
  const std::string& stage = response.home().progress().current_stage_id();
  if (stage.empty()) return absl::FailedPreconditionError("every stage of the roadmap is passed");
  return stage;
}

// As the contract takes it: at least 1, because 0 says that nothing was measured.
int32_t Milliseconds(absl::Duration duration) {
  constexpr int64_t kDay = 24 * 60 * 60 * 1000;
  return static_cast<int32_t>(std::clamp<int64_t>(absl::ToInt64Milliseconds(duration), 1, kDay));
}

std::string WhatIsMissing(const progress::v1::GateReport& gate) {
  std::vector<std::string> missing;
  if (gate.mastered_count() < gate.required_count()) {
    missing.push_back(absl::StrCat(gate.mastered_count(), " of ", gate.required_count(), " concepts are mastered"));
  }
  for (const progress::v1::UnmetClause& unmet : gate.unmet()) missing.push_back(ClauseInWords(unmet));
  return absl::StrJoin(missing, "; ");
}

}  // namespace

absl::Status Answer(const Output& out, const std::string& question_id, std::vector<std::string> words) {
  EDIRAE_ASSIGN_OR_RETURN(const auto found, FindQuestion(out, question_id));
  const catalog::v1::Question& question = found.question;
  learn::v1::AnswerQuestionRequest request;
  request.set_catalog_revision(found.catalog_revision);
  if (words.empty()) {
    const absl::Time shown = absl::Now();
    words.push_back(AskForReply(out, question));
    request.set_response_time_ms(Milliseconds(absl::Now() - shown));
  }
  EDIRAE_ASSIGN_OR_RETURN(*request.mutable_reply(), ParseReply(question, words));
  request.set_request_id(NewRequestId());
  request.set_question_id(question_id);
  return out.Show(&Stub::AnswerQuestion, request, kPrintOutcome);
}

absl::Status ReviewCard(const Output& out, const std::string& card_id, const std::string& rating) {
  learn::v1::ReviewCardRequest request;
  request.set_request_id(NewRequestId());
  request.set_card_id(card_id);
  events::v1::CardRating parsed = events::v1::CARD_RATING_UNSPECIFIED;
  events::v1::CardRating_Parse(absl::StrCat("CARD_RATING_", absl::AsciiStrToUpper(rating)), &parsed);
  request.set_rating(parsed);
  return out.Show(&Stub::ReviewCard, request, kPrintOutcome);
}

absl::Status RequestHint(const Output& out, const std::string& question_id) {
  learn::v1::RequestHintRequest request;
  request.set_request_id(NewRequestId());
  request.set_question_id(question_id);
  return out.Show(&Stub::RequestHint, request, kPrintOutcome);
}

absl::Status OpenResource(const Output& out, const std::string& resource_id) {
  learn::v1::OpenResourceRequest request;
  request.set_request_id(NewRequestId());
  request.set_resource_id(resource_id);
  return out.Show(&Stub::OpenResource, request, kPrintOutcome);
}

absl::Status Advance(const Output& out, std::string stage_id) {
  if (stage_id.empty()) {
    EDIRAE_ASSIGN_OR_RETURN(stage_id, CurrentStage(out));
  }
  learn::v1::RequestAdvanceRequest request;
  request.set_request_id(NewRequestId());
  request.set_roadmap_id(out.roadmap());
  request.set_stage_id(stage_id);
  EDIRAE_ASSIGN_OR_RETURN(const auto response, out.session().Call(&Stub::RequestAdvance, request));
  out.Print(response, kPrintOutcome);
  const progress::v1::GateDecision& decision = response.outcome().gate_decision();
  if (decision.granted()) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat("the gate of ", stage_id, " stays shut: ", WhatIsMissing(decision.gate())));
}

}  // namespace edirae::cli
