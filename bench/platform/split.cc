#include "absl/memory/memory.h"
#include "bench/platform/platform.h"
#include "common/status/macros.h"

namespace edirae::bench {

absl::StatusOr<std::unique_ptr<Platform>> Platform::StartSplit(const PlatformOptions& options,
                                                               const Interrupt& interrupt) {
  auto platform = absl::WrapUnique(new Platform());
  process::NatsServerOptions nats;
  nats.folder = platform->Folder("nats");
  EDIRAE_ASSIGN_OR_RETURN(platform->nats_server_, process::NatsServer::Start(nats));
  platform->nats_url_ = platform->nats_server_->url();

  const auto start = [&](const std::string& service, std::vector<std::string> flags) {
    return platform->StartProgram(options.programs + "/edirae-" + service, service, std::move(flags));
  };
  EDIRAE_ASSIGN_OR_RETURN(const std::string catalog,
                          start("catalog", {"--content", options.content, "--data", platform->Folder("catalog"),
                                            "--nats-url", platform->nats_url_}));
  EDIRAE_ASSIGN_OR_RETURN(platform->progress_address_,
                          start("progress", {"--data", platform->Folder("progress"), "--nats-url", platform->nats_url_,
                                             "--catalog-address", catalog}));
  EDIRAE_ASSIGN_OR_RETURN(
      const std::string recommend,
      start("recommend", {"--data", platform->Folder("recommend"), "--nats-url", platform->nats_url_,
                          "--catalog-address", catalog, "--progress-address", platform->progress_address_}));
  EDIRAE_ASSIGN_OR_RETURN(platform->gateway_address_,
                          start("gateway", {"--catalog-address", catalog, "--progress-address",
                                            platform->progress_address_, "--recommend-address", recommend}));
  EDIRAE_RETURN_IF_ERROR(platform->WaitReady(interrupt));
  return platform;
}

}  // namespace edirae::bench
