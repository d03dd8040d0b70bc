#ifndef EDIRAE_CLI_DEMO_LIVE_HOME_H_
#define EDIRAE_CLI_DEMO_LIVE_HOME_H_

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "cli/client/session.h"

namespace edirae::cli {

// Watches a learner's home on a thread of its own and keeps the newest. Thread-safe.
class LiveHome {
 public:
  // `session` must outlive this object.
  LiveHome(const Session& session, const std::string& roadmap_id);
  ~LiveHome();

  // The first home whose next steps reflect the history up to `seq`. DEADLINE_EXCEEDED when it is not pushed in time;
  // the stream's error when it ended.
  absl::StatusOr<learn::v1::Home> WaitFor(int64_t seq, absl::Duration patience);

 private:
  void Read();

  const Session& session_;
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReader<learn::v1::WatchHomeResponse>> stream_;
  std::mutex mutex_;
  std::condition_variable changed_;
  learn::v1::Home newest_ ABSL_GUARDED_BY(mutex_);
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Status end_ ABSL_GUARDED_BY(mutex_);
  std::thread reader_;
};

}  // namespace edirae::cli

#endif  // EDIRAE_CLI_DEMO_LIVE_HOME_H_
