// edirae-recommend: suggests to learners what is worth doing next, and says why.
#include "common/program/run.h"
#include "common/rpc/channel.h"
#include "services/recommend/service.h"
#include "services/recommend/settings.h"

int main(int argc, char** argv) {
  using namespace edirae;  // NOLINT(google-build-using-namespace): a program of its own
  return program::Run<recommend::RecommendSettings>(
      argc, argv, "recommend", "Suggests to learners what is worth doing next, and says why",
      [](const recommend::RecommendSettings& settings, Metrics& metrics, const Clock& clock) {
        return recommend::RecommendService::Start(settings, metrics, clock, rpc::NewChannel(settings.catalog_address),
                                                  rpc::NewChannel(settings.progress_address));
      });
}
