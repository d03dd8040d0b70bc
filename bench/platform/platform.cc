#include "bench/platform/platform.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/ids/ids.h"
#include "common/process/loopback_port.h"
#include "common/status/macros.h"

namespace edirae::bench {
namespace {

std::string NewSecret() {
  std::string secret;
  for (int i = 0; i < 4; ++i) absl::StrAppendFormat(&secret, "%016x", Random64());
  return secret;
}

absl::StatusOr<std::string> FreeAddress() {
  EDIRAE_ASSIGN_OR_RETURN(const int port, process::FreeLoopbackPort());
  return absl::StrCat("127.0.0.1:", port);
}

}  // namespace

Platform::Platform() : token_secret_(NewSecret()), service_token_(NewSecret()) {}

Platform::~Platform() {
  // The gateway first, so that nobody calls a service that is gone.
  for (auto program = programs_.rbegin(); program != programs_.rend(); ++program) (*program)->BeginStop();
  for (auto program = programs_.rbegin(); program != programs_.rend(); ++program) (*program)->Wait();
}

absl::StatusOr<std::string> Platform::StartProgram(const std::string& program, const std::string& name,
                                                   std::vector<std::string> flags) {
  ProgramOptions options;
  EDIRAE_ASSIGN_OR_RETURN(options.address, FreeAddress());
  EDIRAE_ASSIGN_OR_RETURN(const std::string metrics_address, FreeAddress());
  options.argv = {program};
  options.argv.insert(options.argv.end(), flags.begin(), flags.end());
  options.argv.insert(options.argv.end(), {"--listen", options.address, "--metrics-listen", metrics_address,
                                           "--log-level", "warn", "--drain-delay", "0s"});
  options.environment = {{"EDIRAE_SERVICE_TOKEN", service_token_}, {"EDIRAE_TOKEN_SECRET", token_secret_}};
  options.log_file = folder_.File(name + ".log");
  const std::string address = options.address;
  EDIRAE_ASSIGN_OR_RETURN(auto started, Program::Start(std::move(options)));
  programs_.push_back(std::move(started));
  return address;
}

absl::Status Platform::WaitReady(const Interrupt& interrupt) {
  for (const auto& program : programs_) EDIRAE_RETURN_IF_ERROR(program->WaitReady(interrupt));
  return absl::OkStatus();
}

std::string Platform::LogTails() const {
  std::string tails;
  for (const auto& program : programs_) tails += program->LogTail();
  return tails;
}

}  // namespace edirae::bench
