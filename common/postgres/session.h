#ifndef EDIRAE_COMMON_POSTGRES_SESSION_H_
#define EDIRAE_COMMON_POSTGRES_SESSION_H_

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "common/postgres/connection.h"

namespace edirae::postgres {

// A connection that heals: it is opened when it is first used and after it was lost, at growing intervals while the
// server does not let us in; meanwhile every use fails at once. Thread-safe: one use at a time, the others wait.
class Session {
 public:
  explicit Session(ConnectionOptions options) : options_(std::move(options)) {}

  // What `body`, which gets a Connection& and returns a Status or StatusOr, returns; UNAVAILABLE without a connection.
  // A connection that was lost since its last use, or breaks now, is replaced once, and `body` is called again: it
  // must do no harm when what it did the first time was done.
  template <class F>
  std::invoke_result_t<F, Connection&> Use(F&& body) {
    const std::lock_guard lock(mutex_);
    const bool was_open = connection_ != nullptr;
    if (absl::Status open = Open(); !open.ok()) return open;
    auto result = body(*connection_);
    if (connection_->usable()) return result;
    const bool try_again = was_open && !connection_->timed_out();
    Drop();
    if (!try_again) return result;
    if (absl::Status open = Open(); !open.ok()) return open;
    result = body(*connection_);
    if (!connection_->usable()) Drop();
    return result;
  }

  // As Use, for one statement.
  absl::StatusOr<Rows> Execute(const Statement& statement, const Params& params = {}) {
    return Use([&](Connection& connection) { return connection.Execute(statement, params); });
  }

  // Which connection this is: how many there were before. For the body of Use.
  int64_t generation() const ABSL_NO_THREAD_SAFETY_ANALYSIS { return generation_; }

 private:
  absl::Status Open() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Drop() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const ConnectionOptions options_;
  std::mutex mutex_;
  std::unique_ptr<Connection> connection_ ABSL_GUARDED_BY(mutex_);
  int64_t generation_ ABSL_GUARDED_BY(mutex_) = 0;
  absl::Status refusal_ ABSL_GUARDED_BY(mutex_);  // of the last attempt to connect
  absl::Duration pause_ ABSL_GUARDED_BY(mutex_) = limits::kFirstPause;
  std::chrono::steady_clock::time_point next_attempt_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace edirae::postgres

#endif  // EDIRAE_COMMON_POSTGRES_SESSION_H_
