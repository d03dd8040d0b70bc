#ifndef EDIRAE_COMMON_NATS_LINK_REPORT_H_
#define EDIRAE_COMMON_NATS_LINK_REPORT_H_

#include <chrono>
#include <mutex>
#include <optional>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/strings/string_view.h"
#include "prometheus/gauge.h"

namespace edirae::nats {

// Tells operators whether a connection is there: one line in the log for each change, with the length of the outage,
// and a gauge of 0 and 1. A loss and its end are both warnings, so that whoever reads of the one reads of the other.
// Thread-safe. Internal to common/nats.
class LinkReport {
 public:
  // `connected` may be null and must outlive the report.
  LinkReport(std::string client_name, absl::string_view urls, prometheus::Gauge* connected);

  void Up();
  void Down();
  // The first attempt to connect has failed. Nothing when a later one was faster.
  void Missing();
  // The loss that comes now is meant.
  void Closing();

 private:
  using SteadyTime = std::chrono::steady_clock::time_point;
  void Lose(absl::string_view message) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const std::string client_name_;
  const std::string urls_;
  prometheus::Gauge* const connected_;
  std::mutex mutex_;
  bool was_up_ ABSL_GUARDED_BY(mutex_) = false;
  std::optional<SteadyTime> lost_at_ ABSL_GUARDED_BY(mutex_);
  bool closing_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace edirae::nats

#endif  // EDIRAE_COMMON_NATS_LINK_REPORT_H_
