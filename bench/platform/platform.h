#ifndef EDIRAE_BENCH_PLATFORM_PLATFORM_H_
#define EDIRAE_BENCH_PLATFORM_PLATFORM_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "bench/load/interrupt.h"
#include "bench/platform/program.h"
#include "common/process/nats_server.h"
#include "common/testing/temp_folder.h"

namespace edirae::bench {

struct PlatformOptions {
  std::string programs;  // folder of the built programs
  std::string content;   // folder of the roadmaps
};

// The real platform in real processes, on free ports and in a temporary folder, ready to serve. Destruction stops
// everything and removes the folder.
class Platform {
 public:
  // Four services and nats-server, a process each. Errors of starting any of them, with the end of its log; CANCELLED.
  static absl::StatusOr<std::unique_ptr<Platform>> StartSplit(const PlatformOptions& options,
                                                              const Interrupt& interrupt);
  // `edirae serve`: all four services in one process, and the nats-server that it supervises.
  static absl::StatusOr<std::unique_ptr<Platform>> StartOne(const PlatformOptions& options, const Interrupt& interrupt);

  Platform(const Platform&) = delete;
  Platform& operator=(const Platform&) = delete;
  ~Platform();

  const std::string& gateway_address() const { return gateway_address_; }
  const std::string& progress_address() const { return progress_address_; }  // split only
  const std::string& nats_url() const { return nats_url_; }                  // split only
  const std::string& token_secret() const { return token_secret_; }
  const std::string& service_token() const { return service_token_; }

  // The last lines of every program's log.
  std::string LogTails() const;

 private:
  Platform();

  // Starts a program with `flags` and the settings that all have, and returns where it will listen. Does not wait.
  absl::StatusOr<std::string> StartProgram(const std::string& program, const std::string& name,
                                           std::vector<std::string> flags);
  absl::Status WaitReady(const Interrupt& interrupt);
  std::string Folder(const std::string& name) const { return folder_.File(name); }

  const testing::TempFolder folder_;
  const std::string token_secret_;
  const std::string service_token_;
  std::unique_ptr<process::NatsServer> nats_server_;
  std::vector<std::unique_ptr<Program>> programs_;  // in the order of their start
  std::string gateway_address_;
  std::string progress_address_;
  std::string nats_url_;
};

}  // namespace edirae::bench

#endif  // EDIRAE_BENCH_PLATFORM_PLATFORM_H_
