#ifndef EDIRAE_CLI_CLIENT_RENDER_H_
#define EDIRAE_CLI_CLIENT_RENDER_H_

#include <ostream>
#include <string>

#include "cli/terminal/terminal.h"
#include "edirae/learn/v1/learn_service.pb.h"
#include "google/protobuf/message.h"

// The platform's answers as a person reads them.
namespace edirae::cli {

void PrintRoadmap(std::ostream& out, const Style& style, const catalog::v1::Roadmap& roadmap);
void PrintConcept(std::ostream& out, const Style& style, const catalog::v1::Concept& the_concept);
// The explanation as it is written, then the misconceptions.
void PrintLesson(std::ostream& out, const Style& style, const catalog::v1::Lesson& lesson);
void PrintResource(std::ostream& out, const Style& style, const catalog::v1::Resource& resource);
void PrintQuestion(std::ostream& out, const Style& style, const catalog::v1::Question& question);
void PrintFlashcard(std::ostream& out, const Style& style, const catalog::v1::Flashcard& card);

void PrintHome(std::ostream& out, const Style& style, const learn::v1::Home& home);
// How far the goal is; nothing when there is none.
void PrintGoal(std::ostream& out, const Style& style, const recommend::v1::GoalStanding& goal);
void PrintNextSteps(std::ostream& out, const Style& style, const recommend::v1::NextSteps& steps);

// Grade, feedback and evidence, or the gate's decision, whichever the outcome holds.
void PrintOutcome(std::ostream& out, const Style& style, const progress::v1::ActionOutcome& outcome);
void PrintGate(std::ostream& out, const Style& style, const progress::v1::GateReport& gate);
// Every clause of the gate, met or missing.
void PrintGate(std::ostream& out, const Style& style, const progress::v1::Gate& gate);

// A clause in words: "2 of 3 different questions right".
std::string ClauseInWords(const progress::v1::UnmetClause& clause);

// The message as JSON with the field names of the contract, one object on one line or indented.
std::string ToJson(const google::protobuf::Message& message, bool indented);

}  // namespace edirae::cli

#endif  // EDIRAE_CLI_CLIENT_RENDER_H_
