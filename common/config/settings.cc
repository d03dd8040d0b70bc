#include "common/config/settings.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <iostream>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/config/environment.h"
#include "common/config/exit_code.h"
#include "common/log/credentials.h"

namespace edirae::config {
namespace {

constexpr size_t kShortestSecret = 32;
constexpr int kHighestPort = 32767;  // the ephemeral range starts above

// Of what was parsed; its text is for the message.
auto IsBetween(const int& value, int min, int max) {
  return [&value, min, max](const std::string& text) {
    if (value >= min && value <= max) return absl::OkStatus();
    return absl::InvalidArgumentError(absl::StrCat("'", text, "' is no number from ", min, " to ", max));
  };
}

}  // namespace

Settings::Settings(CLI::App& app) : app_(app) {}

std::string Settings::EnvironmentName(absl::string_view name) const {
  return absl::StrCat("EDIRAE_", absl::AsciiStrToUpper(absl::StrReplaceAll(name, {{"-", "_"}})));
}

std::string Settings::ShownName(absl::string_view name) const {
  return absl::StrCat("--", name, " (", EnvironmentName(name), ")");
}

void Settings::Add(absl::string_view name, std::string& value, absl::string_view help, Traits traits) {
  app_.add_option(absl::StrCat("--", name), value, std::string(help))
      ->envname(EnvironmentName(name))
      ->capture_default_str();
  const bool secret = traits.secret;
  entries_.push_back({std::string(name), std::move(traits), [&value, secret] {
                        return secret ? std::string(value.empty() ? "" : "***") : log::WithoutCredentials(value);
                      }});
}

void Settings::Add(absl::string_view name, bool& value, absl::string_view help) {
  const std::string with_default = absl::StrCat(help, value ? " [on]" : " [off]");
  app_.add_flag(absl::StrCat("--", name, ",!--no-", name), value, with_default)->envname(EnvironmentName(name));
  entries_.push_back({std::string(name), {}, [&value] { return std::string(value ? "true" : "false"); }});
}

void Settings::Add(absl::string_view name, int& value, int min, int max, absl::string_view help) {
  app_.add_option(absl::StrCat("--", name), value, std::string(help))
      ->envname(EnvironmentName(name))
      ->type_name(absl::StrCat("INT in [", min, " - ", max, "]"))
      ->capture_default_str();
  // Not with a validator of CLI11: newer ones (2.4) overlook a variable that is refused, and go on with the default.
  entries_.push_back(
      {std::string(name), {.check = IsBetween(value, min, max)}, [&value] { return absl::StrCat(value); }});
}

void Settings::Add(absl::string_view name, absl::Duration& value, absl::Duration min, absl::Duration max,
                   absl::string_view help) {
  auto parse = [&value, min, max, shown = ShownName(name)](const std::string& text) {
    absl::Duration parsed;
    if (!absl::ParseDuration(text, &parsed) || parsed < min || parsed > max) {
      throw CLI::ValidationError(absl::StrCat(shown, ": '", text, "' is no duration from ", absl::FormatDuration(min),
                                              " to ", absl::FormatDuration(max), " (write 250ms, 2s or 1m)"));
    }
    value = parsed;
  };
  app_.add_option_function<std::string>(absl::StrCat("--", name), parse, std::string(help))
      ->envname(EnvironmentName(name))
      ->default_str(absl::FormatDuration(value));
  entries_.push_back({std::string(name), {}, [&value] { return absl::FormatDuration(value); }});
}

absl::Status Settings::Check() const {
  std::vector<std::string> problems;
  for (const Entry& entry : entries_) {
    const std::string name = ShownName(entry.name);
    const CLI::Option* option = app_.get_option_no_throw(absl::StrCat("--", entry.name));
    const std::string value = option->count() > 0 && entry.traits.check ? option->as<std::string>() : entry.show();
    if (value.empty()) {
      if (entry.traits.required) problems.push_back(absl::StrCat(name, " is required and not set"));
    } else if (entry.traits.check) {
      if (const absl::Status status = entry.traits.check(value); !status.ok()) {
        problems.push_back(absl::StrCat(name, ": ", std::string(status.message())));
      }
    }
  }
  if (problems.empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrJoin(problems, "\n"));
}

std::string Settings::Describe() const {
  return absl::StrJoin(
      entries_, " ", [](std::string* out, const Entry& entry) { absl::StrAppend(out, entry.name, "=", entry.show()); });
}

absl::Status IsHostAndPort(const std::string& value) {
  const size_t colon = value.rfind(':');
  int port = -1;
  if (colon == std::string::npos || colon == 0 || !absl::SimpleAtoi(value.substr(colon + 1), &port) || port < 0 ||
      port > kHighestPort) {
    return absl::InvalidArgumentError(absl::StrCat("'", value, "' is no host:port with a port of 0 to ", kHighestPort));
  }
  return absl::OkStatus();
}

absl::Status IsServiceAddress(const std::string& value) {
  constexpr absl::string_view kResolvers[] = {"dns:", "ipv4:", "ipv6:", "unix:", "xds:"};
  if (std::ranges::any_of(kResolvers, [&](absl::string_view resolver) {
        return value.size() > resolver.size() && absl::StartsWith(value, resolver);
      })) {
    return absl::OkStatus();
  }
  const size_t colon = value.rfind(':');
  int port = 0;
  if (colon != std::string::npos && colon > 0 && !absl::StrContains(value, '/') &&
      absl::SimpleAtoi(value.substr(colon + 1), &port) && port > 0 && port <= UINT16_MAX) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(absl::StrCat("'", value, "' is no address as catalog:7401 or dns:///catalog:7401"));
}

absl::Status IsExistingFolder(const std::string& value) {
  std::error_code error;
  if (std::filesystem::is_directory(value, error)) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("there is no folder '", value, "'"));
}

absl::Status IsSecret(const std::string& value) {
  if (value.size() >= kShortestSecret) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("a secret needs at least ", kShortestSecret, " bytes; `openssl rand -hex 32` makes one"));
}

absl::Status AreNatsUrls(const std::string& value) {
  for (const absl::string_view url : absl::StrSplit(value, ',')) {
    absl::string_view server = url;
    if ((absl::ConsumePrefix(&server, "nats://") || absl::ConsumePrefix(&server, "tls://")) && !server.empty())
      continue;
    return absl::InvalidArgumentError(
        "is no address as nats://bus:4222 or tls://bus:4222, or several separated by commas");
  }
  return absl::OkStatus();
}

bool ParseOrExplain(CLI::App& app, const Settings& settings, int argc, char** argv, int& exit_code) {
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    exit_code = ExitOfParse(app, error);
    return false;
  }
  if (const absl::Status status = settings.Check(); !status.ok()) {
    std::cerr << app.get_name() << " cannot start:\n" << status.message() << "\nSee " << app.get_name() << " --help\n";
    exit_code = kExitUsage;
    return false;
  }
  return true;
}

}  // namespace edirae::config
