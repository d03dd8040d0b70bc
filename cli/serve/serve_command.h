#ifndef EDIRAE_CLI_SERVE_SERVE_COMMAND_H_
#define EDIRAE_CLI_SERVE_SERVE_COMMAND_H_

#include "absl/status/status.h"
#include "cli/serve/serve_settings.h"
#include "common/config/settings.h"
#include "common/rpc/shutdown_signal.h"

namespace CLI {
class App;
}

namespace edirae::cli {

// `edirae serve`: runs the platform until it is asked to stop.
class ServeCommand {
 public:
  // Adds the command to `app`. Both must outlive the parse.
  explicit ServeCommand(CLI::App& app);

  // Whether the command line named it.
  bool chosen() const;

  // Runs it. `signal` must have been made before any thread.
  absl::Status Run(rpc::ShutdownSignal& signal);

 private:
  CLI::App& command_;
  ServeSettings settings_;
  config::Settings declared_;
};

// `edirae token`: makes a token for a learner of a data folder or of a secret.
class TokenCommand {
 public:
  explicit TokenCommand(CLI::App& app);
  bool chosen() const;
  absl::Status Run() const;

 private:
  CLI::App& command_;
  std::string learner_;
  std::string data_;
  std::string secret_;
  int hours_ = 24;
  bool author_ = false;
  std::string role_ = "learner";
};

}  // namespace edirae::cli

#endif  // EDIRAE_CLI_SERVE_SERVE_COMMAND_H_
