#ifndef EDIRAE_CLI_CLIENT_RENDER_ADVICE_H_
#define EDIRAE_CLI_CLIENT_RENDER_ADVICE_H_

#include <ostream>

#include "cli/terminal/terminal.h"
#include "edirae/learn/v1/learn_service.pb.h"

// Explanations and plans as a person reads them.
namespace edirae::cli {

void PrintExplanation(std::ostream& out, const Style& style, const learn::v1::ExplainResponse& response);
void PrintWhatIf(std::ostream& out, const Style& style, const learn::v1::WhatIfResponse& response);
void PrintSession(std::ostream& out, const Style& style, const learn::v1::PlanSessionResponse& response);

}  // namespace edirae::cli

#endif  // EDIRAE_CLI_CLIENT_RENDER_ADVICE_H_
