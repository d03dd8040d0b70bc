#include "common/log/log.h"

#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "nlohmann/json.hpp"
#include "spdlog/sinks/stdout_sinks.h"
#include "spdlog/spdlog.h"

namespace edirae::log {
namespace {

struct State {
  std::string service;
  std::shared_ptr<spdlog::logger> logger;
};

State& Current() {
  // Never destroyed: threads of libraries may log while the process exits.
  static State& state = *[] {
    auto* made = new State;
    made->logger = std::make_shared<spdlog::logger>("edirae", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    made->logger->set_pattern("%v");
    made->logger->set_level(spdlog::level::info);
    return made;
  }();
  return state;
}

void Write(spdlog::level::level_enum level, absl::string_view level_name, absl::string_view message, Fields fields) {
  State& state = Current();
  if (!state.logger->should_log(level)) return;
  nlohmann::ordered_json line;
  line["time"] = absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", absl::Now(), absl::UTCTimeZone());
  line["level"] = level_name;
  if (!state.service.empty()) line["service"] = state.service;
  line["message"] = message;
  for (const Field& field : fields) {
    std::visit([&](const auto& value) { line[std::string(field.key)] = value; }, field.value);
  }
  state.logger->log(level, "{}", line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

}  // namespace

absl::Status Configure(absl::string_view service, absl::string_view level) {
  const spdlog::level::level_enum parsed = spdlog::level::from_str(std::string(level));
  if (parsed == spdlog::level::off && level != "off") {
    return absl::InvalidArgumentError(
        absl::StrCat("log level '", level, "' is unknown; use debug, info, warn, error or off"));
  }
  Current().service = std::string(service);
  Current().logger->set_level(parsed);
  return absl::OkStatus();
}

void Debug(absl::string_view message, Fields fields) { Write(spdlog::level::debug, "debug", message, fields); }
void Info(absl::string_view message, Fields fields) { Write(spdlog::level::info, "info", message, fields); }
void Warn(absl::string_view message, Fields fields) { Write(spdlog::level::warn, "warn", message, fields); }
void Error(absl::string_view message, Fields fields) { Write(spdlog::level::err, "error", message, fields); }

}  // namespace edirae::log
