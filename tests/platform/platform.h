#ifndef EDIRAE_TESTS_PLATFORM_PLATFORM_H_
#define EDIRAE_TESTS_PLATFORM_PLATFORM_H_

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "common/process/nats_server.h"
#include "common/testing/temp_folder.h"
#include "tests/platform/program.h"

namespace edirae::testing {

using Environment = std::vector<std::pair<std::string, std::string>>;

struct PlatformOptions {
  std::string programs = EDIRAE_PROGRAMS;  // folder of the built programs
  std::string content = EDIRAE_CONTENT;    // folder of the roadmaps
  std::string log_level = "info";
  std::string ledger_url;  // postgresql://... of progress's ledger, split platforms only; empty: a folder of its own
  std::string checkpoints_url;                             // postgresql://... of recommend's checkpoints, the same
  int recommend_replicas = 1;                              // more need checkpoints_url
  int recommend_reserve = 0;                               // more of them, known to the gateway and not started
  Environment environment;                                 // of every program, on top of what it needs
  Environment progress_environment;                        // of edirae-progress, too
  std::function<bool()> cancelled = [] { return false; };  // whether to give up waiting
};

// The real platform in real processes, on free ports and in a temporary folder, ready to serve. Destruction stops
// everything and removes the folder. Not thread-safe.
class Platform {
 public:
  // Four service programs and nats-server, a process each. Errors with the end of the log of the part that did not
  // start; CANCELLED.
  static absl::StatusOr<std::unique_ptr<Platform>> StartSplit(const PlatformOptions& options = {});
  // `edirae serve`: all services in one process, and the nats-server that it supervises. The same errors.
  static absl::StatusOr<std::unique_ptr<Platform>> StartOne(const PlatformOptions& options = {});

  Platform(const Platform&) = delete;
  Platform& operator=(const Platform&) = delete;
  ~Platform();

  // What clients talk to.
  Program& gateway() const { return *programs_.back(); }
  // The parts behind it, of a split platform only.
  Program& catalog() const { return *programs_[0]; }
  Program& progress() const { return *programs_[1]; }
  Program& recommend(int ordinal = 0) const { return *programs_[size_t{2} + static_cast<size_t>(ordinal)]; }
  int recommend_replicas() const { return options_.recommend_replicas + options_.recommend_reserve; }
  process::NatsServer& nats() const { return *nats_; }

  const std::string& token_secret() const { return token_secret_; }
  const std::string& service_token() const { return service_token_; }
  std::string DataFolder(const std::string& service) const { return folder_.File(service); }

  // Another process of the same ordinal, as there is one when the machine of the first is taken for lost. The gateway
  // does not know it. Waits until it is ready.
  absl::StatusOr<Program*> StartSuccessor(int ordinal);

  // The last lines of every program's log.
  std::string LogTails() const;

 private:
  explicit Platform(PlatformOptions options);

  // A program with its own settings in `flags` and `own`, and those that all have.
  absl::StatusOr<std::unique_ptr<Program>> MakeProgram(const std::string& name, std::vector<std::string> flags,
                                                       const Environment& own = {});
  // The same, started. Does not wait.
  absl::Status StartProgram(const std::string& name, std::vector<std::string> flags, const Environment& own = {});
  std::vector<std::string> RecommendFlags(int ordinal) const;
  absl::Status StartParts();
  absl::Status WaitReady() const;

  const PlatformOptions options_;
  const TempFolder folder_;
  const std::string token_secret_;
  const std::string service_token_;
  std::unique_ptr<process::NatsServer> nats_;
  std::vector<std::unique_ptr<Program>> programs_;  // in the order of their start, which the calls go against
  std::vector<std::unique_ptr<Program>> successors_;
};

}  // namespace edirae::testing

#endif  // EDIRAE_TESTS_PLATFORM_PLATFORM_H_
