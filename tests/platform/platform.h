#ifndef EDIRAE_TESTS_PLATFORM_SPLIT_PLATFORM_H_
#define EDIRAE_TESTS_PLATFORM_SPLIT_PLATFORM_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/process/nats_server.h"
#include "common/testing/temp_folder.h"
#include "tests/platform/program.h"

namespace edirae::testing {

// The real platform: four service programs and nats-server, a process each, on free ports and in a temporary folder.
// Destruction stops everything and removes the folder. Not thread-safe.
class SplitPlatform {
 public:
  struct Options {
    std::string programs = EDIRAE_PROGRAMS;  // folder of the built programs
    std::string content = EDIRAE_CONTENT;    // folder of the roadmaps
  };

  // Starts everything and waits until it is ready. Errors with the end of the log of the part that did not start.
  static absl::StatusOr<std::unique_ptr<SplitPlatform>> Start(const Options& options);
  ~SplitPlatform();

  Program& catalog() { return *catalog_; }
  Program& progress() { return *progress_; }
  Program& recommend() { return *recommend_; }
  Program& gateway() { return *gateway_; }
  process::NatsServer& nats() { return *nats_; }

  const std::string& token_secret() const { return token_secret_; }
  const std::string& service_token() const { return service_token_; }
  std::string DataFolder(const std::string& service) const { return folder_.File(service); }

  // The last lines of every program's log.
  std::string LogTails() const;

 private:
  SplitPlatform();
  absl::Status StartParts(const Options& options);

  // A program with its own settings in `flags` and those that all have.
  std::unique_ptr<Program> Make(const Options& options, const std::string& service,
                                std::vector<std::string> flags) const;

  const TempFolder folder_;
  const std::string token_secret_;
  const std::string service_token_;
  std::unique_ptr<process::NatsServer> nats_;
  std::unique_ptr<Program> catalog_;
  std::unique_ptr<Program> progress_;
  std::unique_ptr<Program> recommend_;
  std::unique_ptr<Program> gateway_;
};

}  // namespace edirae::testing

#endif  // EDIRAE_TESTS_PLATFORM_SPLIT_PLATFORM_H_
