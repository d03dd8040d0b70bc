#ifndef EDIRAE_COMMON_HEALTH_CONDITIONS_H_
#define EDIRAE_COMMON_HEALTH_CONDITIONS_H_

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace edirae::health {

// What a service needs to be ready, e.g. a catalog revision and a store that takes writes. Ready while all of it is
// there; each change of readiness is one line in the log, with what is missing and why. Thread-safe.
class Conditions {
 public:
  // Nothing of `names` is there at first. `set_ready` is called at each change, one at a time, and must not block.
  Conditions(const std::vector<std::string>& names, std::function<void(bool)> set_ready);

  // OK: it is there. Otherwise the reason why not. `name` is one of the names.
  void Set(absl::string_view name, const absl::Status& status);

  // Names of what is not there, separated by commas; empty when ready.
  std::string Missing();

 private:
  const std::function<void(bool)> set_ready_;
  std::mutex mutex_;
  std::map<std::string, absl::Status, std::less<>> states_ ABSL_GUARDED_BY(mutex_);
  bool ready_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace edirae::health

#endif  // EDIRAE_COMMON_HEALTH_CONDITIONS_H_
