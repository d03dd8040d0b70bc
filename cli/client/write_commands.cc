#include "cli/client/write_commands.h"

#include <iostream>
#include <sstream>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
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

// Shows the question, which belongs to the concept in front of the dot of its id, and reads the choices.
absl::StatusOr<std::vector<std::string>> AskForChoices(const Output& out, const std::string& question_id) {
  learn::v1::ListQuestionsRequest request;
  request.set_concept_id(question_id.substr(0, question_id.find('.')));
  EDIRAE_ASSIGN_OR_RETURN(const auto response, out.session().Call(&Stub::ListQuestions, request));
  for (const catalog::v1::Question& question : response.questions()) {
    if (question.question_id() != question_id) continue;
    PrintQuestion(std::cerr, out.style(), question);
    std::cerr << "Your choice: " << std::flush;
    std::string line;
    std::getline(std::cin, line);
    std::istringstream words(line);
    std::vector<std::string> choices;
    for (std::string word; words >> word;) choices.push_back(word);
    if (choices.empty()) return absl::InvalidArgumentError("no choice was made; nothing is recorded");
    return choices;
  }
  return absl::NotFoundError(
      absl::StrCat("there is no question '", question_id, "'; `edirae questions CONCEPT` lists them"));
}

absl::StatusOr<std::string> CurrentStage(const Output& out) {
  learn::v1::GetHomeRequest request;
  request.set_roadmap_id(out.roadmap());
  EDIRAE_ASSIGN_OR_RETURN(const auto response, out.session().Call(&Stub::GetHome, request));
  const std::string& stage = response.home().progress().current_stage_id();
  if (stage.empty()) return absl::FailedPreconditionError("every stage of the roadmap is passed");
  return stage;
}

}  // namespace

absl::Status Answer(const Output& out, const std::string& question_id, std::vector<std::string> choice_ids) {
  if (choice_ids.empty()) {
    EDIRAE_ASSIGN_OR_RETURN(choice_ids, AskForChoices(out, question_id));
  }
  learn::v1::AnswerQuestionRequest request;
  request.set_request_id(NewRequestId());
  request.set_question_id(question_id);
  for (std::string& choice : choice_ids) request.mutable_reply()->mutable_choice()->add_choice_ids(std::move(choice));
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
  return out.Show(&Stub::RequestAdvance, request, kPrintOutcome);
}

}  // namespace edirae::cli
