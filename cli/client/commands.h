#ifndef EDIRAE_CLI_CLIENT_COMMANDS_H_
#define EDIRAE_CLI_CLIENT_COMMANDS_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "cli/client/activity_commands.h"
#include "cli/client/advice_commands.h"
#include "cli/client/history_commands.h"
#include "cli/client/output.h"
#include "cli/client/past_commands.h"
#include "cli/client/session.h"
#include "cli/client/track_commands.h"

namespace CLI {
class App;
}

namespace edirae::cli {

// The commands that talk to a gateway as a learner or a mentor; `edirae --help` lists them. The one that the command
// line names runs while `app` parses. Must outlive that parse.
class ClientCommands {
 public:
  explicit ClientCommands(CLI::App& app);

  // Outcome of the command that ran; OK when none did.
  const absl::Status& result() const { return result_; }

 private:
  using Run = std::function<absl::Status(const Output&)>;

  CLI::App& Add(const std::string& name, const std::string& help, Run run);
  CLI::App& AddTo(CLI::App& parent, const std::string& name, const std::string& help, Run run);
  void AddReading();
  void AddAdvice();
  void AddTrack();
  void AddWriting();
  void AddPlanning();
  void AddHandingIn();
  void AddMentoring();
  void AddHistory();
  void AddPast();

  CLI::App& app_;
  absl::Status result_;

  // What the command line says.
  SessionSettings session_;
  std::string id_;
  std::vector<std::string> words_;
  std::string rating_;
  std::vector<std::string> reply_;
  int minutes_ = 25;
  TrackFlags track_;
  GoalOptions goal_;
  bool none_ = false;
  double retention_ = 0;
  std::string level_ = "good";
  int stars_ = 0;
  std::string part_;  // of what `id_` names
  std::vector<std::string> links_;
  std::vector<std::string> scores_;
  std::string text_;
  ExportOrder export_;
  ErasureOrder erasure_;
  EventOptions events_;
  PastOptions past_;
};

}  // namespace edirae::cli

#endif  // EDIRAE_CLI_CLIENT_COMMANDS_H_
