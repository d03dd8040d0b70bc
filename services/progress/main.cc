// edirae-progress: keeps the ledger of what learners did, grades it, and decides who may advance.
#include "common/program/run.h"
#include "common/rpc/channel.h"
#include "services/progress/service.h"
#include "services/progress/settings.h"

int main(int argc, char** argv) {
  using namespace edirae;  // NOLINT(google-build-using-namespace): a program of its own
  return program::Run<progress::ProgressSettings>(
      argc, argv, "progress", "The ledger: records and grades what learners do, and decides who may advance",
      [](const progress::ProgressSettings& settings, Metrics& metrics, const Clock& clock) {
        return progress::ProgressService::Start(settings, metrics, clock, rpc::NewChannel(settings.catalog_address));
      });
}
