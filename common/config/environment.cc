#include "common/config/environment.h"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <array>
#include <cstdlib>
#include <iostream>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/config/exit_code.h"
#include "common/matching/edit_distance.h"

namespace edirae::config {
namespace {

constexpr absl::string_view kPrefix = "EDIRAE_";
constexpr size_t kNear = 2;  // slips of the keyboard

// What one environment says to all programs of a deployment, and to the client beside them.
constexpr std::array kOfOtherPrograms{
    "EDIRAE_ADDRESS",           "EDIRAE_CATALOG_ADDRESS", "EDIRAE_NATS_URL",      "EDIRAE_PROGRESS_ADDRESS",
    "EDIRAE_RECOMMEND_ADDRESS", "EDIRAE_ROADMAP",         "EDIRAE_SERVICE_TOKEN", "EDIRAE_TOKEN",
    "EDIRAE_TOKEN_SECRET"};

void AddKnown(const CLI::App& app, std::set<std::string>& known) {
  for (const CLI::Option* option : app.get_options()) {
    if (!option->get_envname().empty()) known.insert(option->get_envname());
  }
  for (const CLI::App* sub : app.get_subcommands([](const CLI::App*) { return true; })) AddKnown(*sub, known);
}

std::string NearestTo(const std::string& name, const std::set<std::string>& known) {
  std::string nearest;
  size_t least = kNear + 1;
  for (const std::string& candidate : known) {
    const size_t distance = EditDistance(name, candidate, kNear);
    if (distance < least) {
      least = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

// Whether the message is about this value: that is how CLI11's messages and ours show one.
bool Quotes(absl::string_view message, absl::string_view value) {
  return absl::StrContains(message, absl::StrCat("'", value, "'")) ||
         absl::StrContains(message, absl::StrCat("= ", value)) ||
         absl::StrContains(message, absl::StrCat("Value ", value, " "));
}

// The variables that `app` and its subcommands read and whose value a message quotes.
void AddQuoted(const CLI::App& app, absl::string_view message, std::set<std::string>& quoted) {
  for (const CLI::Option* option : app.get_options()) {
    const char* value = option->get_envname().empty() ? nullptr : std::getenv(option->get_envname().c_str());
    if (value != nullptr && *value != '\0' && Quotes(message, value)) quoted.insert(option->get_envname());
  }
  for (const CLI::App* sub : app.get_subcommands([](const CLI::App*) { return true; }))
    AddQuoted(*sub, message, quoted);
}

}  // namespace

std::vector<UnknownVariable> UnknownVariables(const CLI::App& app) {
  std::set<std::string> known(kOfOtherPrograms.begin(), kOfOtherPrograms.end());
  AddKnown(app, known);
  std::set<std::string> names;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const absl::string_view text(*entry);
    const absl::string_view name = text.substr(0, text.find('='));
    if (absl::StartsWith(name, kPrefix)) names.emplace(name);
  }
  std::vector<UnknownVariable> unknown;
  for (const std::string& name : names) {
    if (!known.contains(name)) unknown.push_back({name, NearestTo(name, known)});
  }
  return unknown;
}

void LeaveEnvironmentToCalled(CLI::App& app) {
  for (CLI::App* command : app.get_subcommands({})) {
    // A command with such a callback is completed where it was called, and nowhere else.
    command->parse_complete_callback([] {});
    LeaveEnvironmentToCalled(*command);
  }
}

std::string HintsOfParse(const CLI::App& app, const CLI::Error& error) {
  std::set<std::string> quoted;
  AddQuoted(app, error.what(), quoted);
  std::string hints;
  for (const std::string& name : quoted) {
    absl::StrAppend(&hints, "The value is that of ", name, " in the environment.\n");
  }
  return hints;
}

int ExitOfParse(const CLI::App& app, const CLI::Error& error) {
  if (app.exit(error) == 0) return 0;
  std::cerr << HintsOfParse(app, error);
  return kExitUsage;
}

std::string ToWarning(const UnknownVariable& variable) {
  return absl::StrCat("the environment variable ", variable.name, " is no setting of this program",
                      variable.nearest.empty() ? "" : absl::StrCat("; did you mean ", variable.nearest, "?"));
}

}  // namespace edirae::config
