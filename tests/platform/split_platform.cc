#include "tests/platform/split_platform.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/ids/ids.h"
#include "common/status/macros.h"
#include "common/testing/free_port.h"

namespace edirae::testing {
namespace {

std::string NewSecret() {
  return absl::StrFormat("%016x%016x%016x%016x", Random64(), Random64(), Random64(), Random64());
}

std::string FreeAddress() { return absl::StrCat("127.0.0.1:", FreePort()); }

}  // namespace

SplitPlatform::SplitPlatform() : token_secret_(NewSecret()), service_token_(NewSecret()) {}

absl::StatusOr<std::unique_ptr<SplitPlatform>> SplitPlatform::Start(const Options& options) {
  auto platform = std::unique_ptr<SplitPlatform>(new SplitPlatform);
  EDIRAE_RETURN_IF_ERROR(platform->StartParts(options));
  return platform;
}

absl::Status SplitPlatform::StartParts(const Options& options) {
  EDIRAE_ASSIGN_OR_RETURN(nats_, process::NatsServer::Start({.folder = folder_.File("nats")}));
  catalog_ = Make(options, "catalog",
                  {"--content", options.content, "--data", DataFolder("catalog"), "--nats-url", nats_->url()});
  progress_ =
      Make(options, "progress",
           {"--data", DataFolder("progress"), "--catalog-address", catalog_->address(), "--nats-url", nats_->url()});
  recommend_ = Make(options, "recommend",
                    {"--data", DataFolder("recommend"), "--catalog-address", catalog_->address(), "--progress-address",
                     progress_->address(), "--nats-url", nats_->url()});
  gateway_ = Make(options, "gateway",
                  {"--catalog-address", catalog_->address(), "--progress-address", progress_->address(),
                   "--recommend-address", recommend_->address()});
  const std::vector<Program*> programs = {catalog_.get(), progress_.get(), recommend_.get(), gateway_.get()};
  for (Program* program : programs) EDIRAE_RETURN_IF_ERROR(program->Start());
  for (const Program* program : programs) EDIRAE_RETURN_IF_ERROR(program->WaitReady());
  return absl::OkStatus();
}

std::unique_ptr<Program> SplitPlatform::Make(const Options& options, const std::string& service,
                                             std::vector<std::string> flags) const {
  ProgramOptions program;
  program.address = FreeAddress();
  program.argv = {absl::StrCat(options.programs, "/edirae-", service)};
  program.argv.insert(program.argv.end(), std::make_move_iterator(flags.begin()), std::make_move_iterator(flags.end()));
  for (const std::string& flag : {std::string("--listen"), program.address, std::string("--metrics-listen"),
                                  FreeAddress(), std::string("--drain-delay"), std::string("0s")}) {
    program.argv.push_back(flag);
  }
  program.environment = {{"EDIRAE_SERVICE_TOKEN", service_token_}};
  if (service == "gateway") program.environment.emplace_back("EDIRAE_TOKEN_SECRET", token_secret_);
  program.log_file = folder_.File(service + ".log");
  return std::make_unique<Program>(std::move(program));
}

SplitPlatform::~SplitPlatform() {
  // Against the direction of the calls, so that nobody calls what is gone.
  for (Program* program : {gateway_.get(), recommend_.get(), progress_.get(), catalog_.get()}) {
    if (program != nullptr) program->Stop();
  }
}

std::string SplitPlatform::LogTails() const {
  std::string tails;
  for (const Program* program : {catalog_.get(), progress_.get(), recommend_.get(), gateway_.get()}) {
    if (program != nullptr) tails += program->LogTail();
  }
  return tails;
}

}  // namespace edirae::testing
