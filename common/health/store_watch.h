#ifndef EDIRAE_COMMON_HEALTH_STORE_WATCH_H_
#define EDIRAE_COMMON_HEALTH_STORE_WATCH_H_

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "prometheus/gauge.h"

namespace edirae::health {

struct StoreWatchOptions {
  // Reads and writes a little, as the service does; may block. OK when both went well.
  std::function<absl::Status()> probe;
  // Called after the first look and at each change, by the watch's thread; must not block.
  std::function<void(const absl::Status&)> on_change;
  prometheus::Gauge* up = nullptr;  // 1 while the store works; required, must outlive the watch
  absl::Duration period = absl::Seconds(2);
};

// Looks again and again whether a store takes writes and gives reads, so that a service whose disk is full, broken or
// gone says so before its callers do, and comes back by itself. A loss and its end are one line each in the log.
class StoreWatch {
 public:
  explicit StoreWatch(StoreWatchOptions options);
  StoreWatch(const StoreWatch&) = delete;
  StoreWatch& operator=(const StoreWatch&) = delete;
  ~StoreWatch();  // waits for the probe under way

 private:
  void Run();
  void Take(const absl::Status& status);

  const StoreWatchOptions options_;
  std::optional<absl::StatusCode> last_;  // of the thread
  std::mutex mutex_;
  std::condition_variable stop_requested_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;  // last: it uses the members above
};

}  // namespace edirae::health

#endif  // EDIRAE_COMMON_HEALTH_STORE_WATCH_H_
