#include "cli/client/advice_commands.h"

#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "cli/client/render_advice.h"
#include "common/status/macros.h"

namespace edirae::cli {
namespace {

using Stub = Session::Learn::Stub;

}  // namespace

absl::StatusOr<recommend::v1::HypotheticalAnswer> ParseHypothesis(const std::string& text) {
  const std::pair<std::string, std::string> parts = absl::StrSplit(text, absl::MaxSplits('=', 1));
  const std::pair<std::string, std::string> when = absl::StrSplit(parts.second, absl::MaxSplits('@', 1));
  recommend::v1::HypotheticalAnswer answer;
  int hours = 0;
  const bool timed = parts.second.find('@') != std::string::npos;
  if (parts.first.empty() || (when.first != "right" && when.first != "wrong") ||
      (timed && !absl::SimpleAtoi(when.second, &hours))) {
    return absl::InvalidArgumentError(
        absl::StrCat("'", text, "' is no QUESTION=right or QUESTION=wrong, with @HOURS behind it for later"));
  }
  answer.set_question_id(parts.first);
  answer.set_correct(when.first == "right");
  answer.set_after_hours(hours);
  return answer;
}

absl::Status ExplainConcept(const Output& out, const std::string& concept_id) {
  learn::v1::ExplainRequest request;
  request.set_roadmap_id(out.roadmap());
  request.set_concept_id(concept_id);
  return out.Show(&Stub::Explain, request, PrintExplanation);
}

absl::Status ShowWhatIf(const Output& out, const std::vector<std::string>& answers) {
  learn::v1::WhatIfRequest request;
  request.set_roadmap_id(out.roadmap());
  for (const std::string& text : answers) {
    EDIRAE_ASSIGN_OR_RETURN(*request.add_answers(), ParseHypothesis(text));
  }
  return out.Show(&Stub::WhatIf, request, PrintWhatIf);
}

absl::Status PlanSession(const Output& out, int minutes) {
  learn::v1::PlanSessionRequest request;
  request.set_roadmap_id(out.roadmap());
  request.set_minutes(minutes);
  return out.Show(&Stub::PlanSession, request, PrintSession);
}

}  // namespace edirae::cli
