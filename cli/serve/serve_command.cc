#include "cli/serve/serve_command.h"

#include <CLI/CLI.hpp>
#include <iostream>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "cli/demo/morning.h"
#include "cli/serve/data_folder.h"
#include "cli/serve/platform.h"
#include "cli/terminal/terminal.h"
#include "common/config/environment.h"
#include "common/log/log.h"
#include "common/status/macros.h"
#include "gateway/auth/token.h"

namespace edirae::cli {
namespace {

constexpr int kLongestTokenHours = 24 * 31;

// Port of a host:port.
absl::string_view PortOf(absl::string_view address) { return address.substr(address.rfind(':') + 1); }

void PrintAddresses(const Platform& platform, const ServeSettings& settings, const Style& style) {
  std::cout << "\n"
            << style.Bold("Edirae is running.") << "\n"
            << "  clients   grpc://" << platform.address()
            << "  (edirae.learn.v1.LearnService; for authors edirae.catalog.v1.AuthoringService"
            << (settings.reflection ? ", with reflection" : "") << ")\n";
  if (!settings.metrics_listen.empty()) std::cout << "  metrics   http://" << settings.metrics_listen << "/metrics\n";
  std::cout << "  events    " << platform.nats_url() << "  stream LEARNER_EVENTS, subjects learner.events.v1.>\n"
            << "  data      " << settings.data << "\n\n"
            << "Talk to it as a learner, from another terminal:\n"
            << style.Accent(absl::StrCat("  export EDIRAE_ADDRESS=127.0.0.1:", PortOf(platform.address()))) << "\n"
            << style.Accent(absl::StrCat("  export EDIRAE_TOKEN=$(edirae token ada --data ", settings.data, ")"))
            << "\n"
            << style.Accent("  edirae home") << "\n"
            << "where edirae is the program that prints this, and `edirae --help` shows the rest.\n";
}

}  // namespace

ServeCommand::ServeCommand(CLI::App& app)
    : command_(*app.add_subcommand("serve", "Run the whole platform in this process")->group("Running")),
      declared_(command_) {
  settings_.data = DefaultDataFolder();
  settings_.Declare(declared_);
  // With it CLI11 reads the settings' variables only when the command is used: a wrong one stops nothing else.
  command_.parse_complete_callback([] {});
}

bool ServeCommand::chosen() const { return command_.parsed(); }

absl::Status ServeCommand::Run(rpc::ShutdownSignal& signal) {
  EDIRAE_RETURN_IF_ERROR(declared_.Check());
  EDIRAE_RETURN_IF_ERROR(log::Configure("edirae", settings_.log_level));
  log::Info("settings", {{"settings", declared_.Describe()}});
  for (const auto& variable : config::UnknownVariables(*command_.get_parent())) log::Warn(config::ToWarning(variable));
  const Style style = Style::ForStdout();
  std::cout << "Starting the platform …\n" << std::flush;
  EDIRAE_ASSIGN_OR_RETURN(const auto platform, Platform::Start(settings_));
  if (settings_.demo) {
    EDIRAE_RETURN_IF_ERROR(PlayMorning({.gateway = platform->address(),
                                        .token_secret = platform->token_secret(),
                                        .catalog = platform->catalog_channel(),
                                        .service_token = platform->service_token()},
                                       std::cout, style));
  }
  PrintAddresses(*platform, settings_, style);
  if (!settings_.demo || !settings_.exit_after_demo) {
    std::cout << "\nCtrl-C stops it.\n" << std::flush;
    signal.Wait();
  }
  std::cout << "\nStopping …\n" << std::flush;
  platform->Stop();
  std::cout << "Stopped. Everything that was acknowledged is in " << settings_.data << ".\n" << std::flush;
  return absl::OkStatus();
}

namespace {

identity::v1::Role RoleNamed(const std::string& name) {
  if (name == "author") return identity::v1::ROLE_AUTHOR;
  if (name == "admin") return identity::v1::ROLE_ADMIN;
  return name == "mentor" ? identity::v1::ROLE_MENTOR : identity::v1::ROLE_LEARNER;
}

}  // namespace

TokenCommand::TokenCommand(CLI::App& app)
    : command_(*app.add_subcommand("token", "Make a token for a learner (development)")->group("Running")),
      data_(DefaultDataFolder()) {
  command_.add_option("LEARNER", learner_, "Learner id: 1 to 64 characters of [A-Za-z0-9_-]")->required();
  command_.add_option("--data", data_, "Data folder of the platform")->envname("EDIRAE_DATA")->capture_default_str();
  command_.add_option("--token-secret", secret_, "Secret of the gateway, instead of the data folder's")
      ->envname("EDIRAE_TOKEN_SECRET");
  command_.add_option("--hours", hours_, "How long it holds")
      ->check(CLI::Range(1, kLongestTokenHours))
      ->capture_default_str();
  command_
      .add_option("--role", role_,
                  "What the learner may do beside learning: author publishes, mentor reviews, admin erases")
      ->check(CLI::IsMember({"learner", "author", "mentor", "admin"}))
      ->capture_default_str();
  command_.add_flag("--author", author_, "The same as --role author");
}

bool TokenCommand::chosen() const { return command_.parsed(); }

absl::Status TokenCommand::Run() const {
  std::string secret = secret_;
  if (secret.empty()) {
    EDIRAE_ASSIGN_OR_RETURN(secret, ReadTokenSecret(data_));
  }
  EDIRAE_ASSIGN_OR_RETURN(const std::string token,
                          gateway::MintToken(secret, learner_, absl::Hours(hours_), absl::Now(),
                                             author_ ? identity::v1::ROLE_AUTHOR : RoleNamed(role_)));
  std::cout << token << "\n" << std::flush;
  return absl::OkStatus();
}

}  // namespace edirae::cli
