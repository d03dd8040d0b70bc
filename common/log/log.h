#ifndef EDIRAE_COMMON_LOG_LOG_H_
#define EDIRAE_COMMON_LOG_LOG_H_

#include <cstdint>
#include <initializer_list>
#include <string>
#include <utility>
#include <variant>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

// Structured logging: one JSON object a line on standard error, with `time`, `level`, `service`, `message` and the
// fields of the call. Thread-safe. Never log a token, an answer key, or what a learner wrote.
namespace edirae::log {

// A named value. Strings are escaped; invalid UTF-8 is replaced.
struct Field {
  using Value = std::variant<std::string, int64_t, double, bool>;

  Field(absl::string_view k, absl::string_view v) : key(k), value(std::string(v)) {}
  Field(absl::string_view k, const char* v) : key(k), value(std::string(v)) {}
  Field(absl::string_view k, const std::string& v) : key(k), value(v) {}
  Field(absl::string_view k, bool v) : key(k), value(v) {}
  Field(absl::string_view k, double v) : key(k), value(v) {}
  template <class Integer>
  requires std::is_integral_v<Integer> Field(absl::string_view k, Integer v) : key(k), value(static_cast<int64_t>(v)) {}
  Field(absl::string_view k, const absl::Status& v)
      : key(k), value(v.ToString(absl::StatusToStringMode::kWithNoExtraData)) {}

  absl::string_view key;
  Value value;
};

using Fields = std::initializer_list<Field>;

// Sets what every line carries and what is left out. `level` is debug, info, warn, error or off; INVALID_ARGUMENT
// otherwise. Without this call the level is info and the service is empty.
absl::Status Configure(absl::string_view service, absl::string_view level);

void Debug(absl::string_view message, Fields fields = {});
void Info(absl::string_view message, Fields fields = {});
void Warn(absl::string_view message, Fields fields = {});
void Error(absl::string_view message, Fields fields = {});

}  // namespace edirae::log

#endif  // EDIRAE_COMMON_LOG_LOG_H_
