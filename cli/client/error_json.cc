#include "cli/client/error_json.h"

#include "common/status/error.h"
#include "nlohmann/json.hpp"

namespace edirae::cli {

std::string ErrorJson(const absl::Status& status) {
  const errors::v1::ErrorInfo info = ErrorInfoOf(status);
  const std::string code = absl::StatusCodeToString(status.code());
  nlohmann::ordered_json error;
  error["code"] = code;
  error["reason"] = info.reason().empty() ? code : info.reason();
  error["message"] = std::string(status.message());
  error["metadata"] = nlohmann::ordered_json::object();
  for (const auto& [key, value] : info.metadata()) error["metadata"][key] = value;
  return nlohmann::ordered_json{{"error", error}}.dump(-1, ' ', false,
                                                       nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace edirae::cli
