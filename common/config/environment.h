#ifndef EDIRAE_COMMON_CONFIG_ENVIRONMENT_H_
#define EDIRAE_COMMON_CONFIG_ENVIRONMENT_H_

#include <string>
#include <vector>

namespace CLI {
class App;
class Error;
}  // namespace CLI

namespace edirae::config {

// A variable of the environment that looks like a setting and is none.
struct UnknownVariable {
  std::string name;
  std::string nearest;  // the setting that may have been meant; empty when none is near
};

// The variables EDIRAE_* that neither `app` nor its subcommands read, in order of name. Those that one
// environment says to all programs of a deployment and to the client, as where each listens, count as known.
std::vector<UnknownVariable> UnknownVariables(const CLI::App& app);

// What to tell of one: a sentence.
std::string ToWarning(const UnknownVariable& variable);

// Lets only the commands that are called take settings from the environment. Left alone, CLI11 gives a variable to the
// options of every command, after the flags of the one that is called: where commands share a setting the flag would
// lose. Call it when all commands are declared, before the parse.
void LeaveEnvironmentToCalled(CLI::App& app);

// A line for each variable of the environment that holds the value of which a parse's error speaks.
std::string HintsOfParse(const CLI::App& app, const CLI::Error& error);

// Ends the program's parse with an error as CLI11 does, and says so when the value that is refused came from the
// environment. Returns the exit code: 0 for help and version, kExitUsage otherwise.
int ExitOfParse(const CLI::App& app, const CLI::Error& error);

}  // namespace edirae::config

#endif  // EDIRAE_COMMON_CONFIG_ENVIRONMENT_H_
