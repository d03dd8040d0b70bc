#ifndef EDIRAE_CLI_CLIENT_READ_COMMANDS_H_
#define EDIRAE_CLI_CLIENT_READ_COMMANDS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "cli/client/output.h"

// Commands that change nothing. Each prints the gateway's answer and returns the gateway's error.
namespace edirae::cli {

absl::Status ListRoadmaps(const Output& out);
absl::Status ShowRoadmap(const Output& out);
absl::Status ShowConcept(const Output& out, const std::string& concept_id);
absl::Status ShowLesson(const Output& out, const std::string& concept_id);
absl::Status ListQuestions(const Output& out, const std::string& concept_id);
absl::Status ListFlashcards(const Output& out, const std::string& concept_id);
// What the words find, of all roadmaps; the best 10.
absl::Status Search(const Output& out, const std::vector<std::string>& words);
absl::Status ShowGraph(const Output& out, const std::string& roadmap_id);
absl::Status ShowHome(const Output& out);
// An empty stage means the learner's current one.
absl::Status ShowGate(const Output& out, const std::string& stage_id);

// Prints the home's next steps now and after every change, until the process is interrupted. Goes on after a broken
// connection, from the last resume token.
absl::Status WatchHome(const Output& out);

}  // namespace edirae::cli

#endif  // EDIRAE_CLI_CLIENT_READ_COMMANDS_H_
