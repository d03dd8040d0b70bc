#ifndef EDIRAE_COMMON_CONFIG_SETTINGS_H_
#define EDIRAE_COMMON_CONFIG_SETTINGS_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace CLI {
class App;
}

namespace edirae::config {

// What is special about a setting.
struct Traits {
  // The start fails, naming the setting, when it has no value.
  bool required = false;
  // `Describe` shows only whether it is set.
  bool secret = false;
  // Says what is wrong with a value; OK when nothing is. Runs after parsing, on the final value.
  std::function<absl::Status(const std::string&)> check;
};

// Declares a program's settings: flag `--foo-bar` and environment variable `EDIRAE_FOO_BAR` set the same value, the
// flag wins. Every problem is reported with the setting's name before anything is started. Not thread-safe.
class Settings {
 public:
  // Adds to `app`, which must outlive this object.
  explicit Settings(CLI::App& app);

  // `value` holds the default and receives the result; it must outlive this object. `name` has no dashes in front.
  void Add(absl::string_view name, std::string& value, absl::string_view help, Traits traits = {});
  void Add(absl::string_view name, bool& value, absl::string_view help);
  // Refuses values outside [min, max].
  void Add(absl::string_view name, int& value, int min, int max, absl::string_view help);
  // Durations are written as 250ms, 2s, 5m. Refuses values outside [min, max].
  void Add(absl::string_view name, absl::Duration& value, absl::Duration min, absl::Duration max,
           absl::string_view help);

  // INVALID_ARGUMENT naming every required setting without a value and every value that is refused; call after parsing.
  absl::Status Check() const;

  // `name=value` of every setting in order of declaration, secrets masked; for the log.
  std::string Describe() const;

 private:
  struct Entry {
    std::string name;
    Traits traits;
    std::function<std::string()> show;
  };
  std::string EnvironmentName(absl::string_view name) const;
  std::string ShownName(absl::string_view name) const;  // as people know it, with its variable

  CLI::App& app_;
  std::vector<Entry> entries_;
};

// Checks for `Traits::check`.
absl::Status IsHostAndPort(const std::string& value);     // host:port, port 0 to 32767
absl::Status IsServiceAddress(const std::string& value);  // host:port, or a name that gRPC resolves: dns:///host:port
absl::Status IsExistingFolder(const std::string& value);
absl::Status IsSecret(const std::string& value);     // at least 32 bytes
absl::Status AreNatsUrls(const std::string& value);  // nats:// or tls://, several separated by commas

// Parses the command line of a program that has settings and nothing else, checks it, and on trouble or `--help` prints
// what there is to say and returns false with `exit_code` set: 0 for help, 64 for wrong use.
bool ParseOrExplain(CLI::App& app, const Settings& settings, int argc, char** argv, int& exit_code);

}  // namespace edirae::config

#endif  // EDIRAE_COMMON_CONFIG_SETTINGS_H_
