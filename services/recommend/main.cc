// edirae-recommend: follows learners' events and says what is worth doing next.
#include <CLI/CLI.hpp>

#include "common/clock/clock.h"
#include "common/log/log.h"
#include "common/rpc/channel.h"
#include "common/rpc/shutdown_signal.h"
#include "services/recommend/service.h"

namespace {

constexpr int kCannotStart = 1;

int Fail(const char* what, const absl::Status& why) {
  edirae::log::Error(what, {{"error", why}});
  return kCannotStart;
}

}  // namespace

int main(int argc, char** argv) {
  edirae::rpc::ShutdownSignal shutdown;

  CLI::App app("Suggests to learners what is worth doing next, and says why.", "edirae-recommend");
  edirae::config::Settings declared(app);
  edirae::recommend::RecommendSettings settings;
  settings.Declare(declared);
  int exit_code = 0;
  if (!edirae::config::ParseOrExplain(app, declared, argc, argv, exit_code)) return exit_code;

  if (auto ok = edirae::log::Configure("recommend", settings.log_level); !ok.ok()) return Fail("bad log level", ok);
  edirae::log::Info("starting", {{"settings", declared.Describe()}});

  edirae::Metrics metrics;
  if (auto ok = metrics.Serve(settings.metrics_listen); !ok.ok()) return Fail("cannot serve metrics", ok);
  const edirae::SystemClock clock;
  auto service = edirae::recommend::RecommendService::Start(settings, metrics, clock,
                                                            edirae::rpc::NewChannel(settings.catalog_address),
                                                            edirae::rpc::NewChannel(settings.progress_address));
  if (!service.ok()) return Fail("cannot start", service.status());
  edirae::log::Info("serving", {{"address", (*service)->server().address()}});

  const int signal = shutdown.Wait();
  edirae::log::Info("stopping", {{"signal", signal}});
  (*service)->Stop();
  return 0;
}
