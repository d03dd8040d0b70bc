#include "tests/platform/platform.h"

#include <utility>

#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "common/ids/ids.h"
#include "common/process/loopback_port.h"
#include "common/status/macros.h"

namespace edirae::testing {
namespace {

std::string NewSecret() {
  return absl::StrFormat("%016x%016x%016x%016x", Random64(), Random64(), Random64(), Random64());
}

absl::StatusOr<std::string> FreeAddress() {
  EDIRAE_ASSIGN_OR_RETURN(const int port, process::FreeLoopbackPort());
  return absl::StrCat("127.0.0.1:", port);
}

}  // namespace

Platform::Platform(PlatformOptions options)
    : options_(std::move(options)), token_secret_(NewSecret()), service_token_(NewSecret()) {}

Platform::~Platform() {
  successors_.clear();
  // Against the order of their start, so that nobody calls what is gone.
  for (auto program = programs_.rbegin(); program != programs_.rend(); ++program) (*program)->Stop();
}

absl::StatusOr<std::unique_ptr<Platform>> Platform::StartSplit(const PlatformOptions& options) {
  auto platform = absl::WrapUnique(new Platform(options));
  EDIRAE_RETURN_IF_ERROR(platform->StartParts());
  EDIRAE_RETURN_IF_ERROR(platform->WaitReady());
  return platform;
}

absl::StatusOr<std::unique_ptr<Platform>> Platform::StartOne(const PlatformOptions& options) {
  auto platform = absl::WrapUnique(new Platform(options));
  EDIRAE_RETURN_IF_ERROR(platform->StartProgram(
      "edirae", {"serve", "--content", options.content, "--data", platform->DataFolder("data")}));
  EDIRAE_RETURN_IF_ERROR(platform->WaitReady());
  return platform;
}

absl::Status Platform::StartParts() {
  EDIRAE_ASSIGN_OR_RETURN(nats_, process::NatsServer::Start({.folder = folder_.File("nats")}));
  EDIRAE_RETURN_IF_ERROR(StartProgram(
      "edirae-catalog", {"--content", options_.content, "--data", DataFolder("catalog"), "--nats-url", nats_->url()}));
  const bool in_folder = options_.ledger_url.empty();
  EDIRAE_RETURN_IF_ERROR(
      StartProgram("edirae-progress",
                   {in_folder ? "--data" : "--store", in_folder ? DataFolder("progress") : options_.ledger_url,
                    "--catalog-address", catalog().address(), "--nats-url", nats_->url()},
                   options_.progress_environment));
  std::vector<std::string> recommend_addresses;
  for (int ordinal = 0; ordinal < recommend_replicas(); ++ordinal) {
    EDIRAE_ASSIGN_OR_RETURN(auto made, MakeProgram("edirae-recommend", RecommendFlags(ordinal)));
    programs_.push_back(std::move(made));
    if (ordinal < options_.recommend_replicas) EDIRAE_RETURN_IF_ERROR(recommend(ordinal).Start());
    recommend_addresses.push_back(recommend(ordinal).address());
  }
  return StartProgram("edirae-gateway",
                      {"--catalog-address", catalog().address(), "--progress-address", progress().address(),
                       "--recommend-address", absl::StrJoin(recommend_addresses, ",")});
}

std::vector<std::string> Platform::RecommendFlags(int ordinal) const {
  const bool shared = !options_.checkpoints_url.empty();
  return {shared ? "--store" : "--data",
          shared ? options_.checkpoints_url : DataFolder("recommend"),
          "--replicas",
          absl::StrCat(options_.recommend_replicas),
          "--ordinal",
          absl::StrCat(ordinal),
          "--catalog-address",
          catalog().address(),
          "--progress-address",
          progress().address(),
          "--nats-url",
          nats_->url()};
}

absl::StatusOr<Program*> Platform::StartSuccessor(int ordinal) {
  EDIRAE_ASSIGN_OR_RETURN(auto successor, MakeProgram("edirae-recommend", RecommendFlags(ordinal)));
  successors_.push_back(std::move(successor));
  EDIRAE_RETURN_IF_ERROR(successors_.back()->Start());
  EDIRAE_RETURN_IF_ERROR(successors_.back()->WaitReady(options_.cancelled));
  return successors_.back().get();
}

absl::StatusOr<std::unique_ptr<Program>> Platform::MakeProgram(const std::string& name, std::vector<std::string> flags,
                                                               const Environment& own) {
  ProgramOptions program;
  EDIRAE_ASSIGN_OR_RETURN(program.address, FreeAddress());
  EDIRAE_ASSIGN_OR_RETURN(program.metrics_address, FreeAddress());
  program.argv = {absl::StrCat(options_.programs, "/", name)};
  program.argv.insert(program.argv.end(), std::make_move_iterator(flags.begin()), std::make_move_iterator(flags.end()));
  program.argv.insert(program.argv.end(), {"--listen", program.address, "--metrics-listen", program.metrics_address,
                                           "--log-level", options_.log_level, "--drain-delay", "0s"});
  program.environment = {{"EDIRAE_SERVICE_TOKEN", service_token_}, {"EDIRAE_TOKEN_SECRET", token_secret_}};
  for (const Environment* more : {&options_.environment, &own}) {
    program.environment.insert(program.environment.end(), more->begin(), more->end());
  }
  program.log_file = folder_.File(absl::StrCat(name, "-", programs_.size() + successors_.size(), ".log"));
  return std::make_unique<Program>(std::move(program));
}

absl::Status Platform::StartProgram(const std::string& name, std::vector<std::string> flags, const Environment& own) {
  EDIRAE_ASSIGN_OR_RETURN(auto program, MakeProgram(name, std::move(flags), own));
  programs_.push_back(std::move(program));
  return programs_.back()->Start();
}

absl::Status Platform::WaitReady() const {
  for (const auto& program : programs_) {
    if (program->started()) EDIRAE_RETURN_IF_ERROR(program->WaitReady(options_.cancelled));
  }
  return absl::OkStatus();
}

std::string Platform::LogTails() const {
  std::string tails;
  for (const auto* programs : {&programs_, &successors_}) {
    for (const auto& program : *programs) tails += program->LogTail();
  }
  return tails;
}

}  // namespace edirae::testing
