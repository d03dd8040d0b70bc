#include "absl/memory/memory.h"
#include "bench/platform/platform.h"
#include "common/status/macros.h"

namespace edirae::bench {

absl::StatusOr<std::unique_ptr<Platform>> Platform::StartOne(const PlatformOptions& options,
                                                             const Interrupt& interrupt) {
  auto platform = absl::WrapUnique(new Platform());
  EDIRAE_ASSIGN_OR_RETURN(platform->gateway_address_, platform->StartProgram(options.programs + "/edirae", "edirae",
                                                                             {"serve", "--content", options.content,
                                                                              "--data", platform->Folder("data")}));
  EDIRAE_RETURN_IF_ERROR(platform->WaitReady(interrupt));
  return platform;
}

}  // namespace edirae::bench
