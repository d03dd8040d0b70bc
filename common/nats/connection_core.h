#ifndef EDIRAE_COMMON_NATS_CONNECTION_CORE_H_
#define EDIRAE_COMMON_NATS_CONNECTION_CORE_H_

#include <nats/nats.h>

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "common/nats/connection.h"
#include "common/nats/link_report.h"

namespace edirae::nats {

// Deleters for the handles of nats.c. Internal to common/nats.
template <auto destroy>
struct Destroy {
  template <class T>
  void operator()(T* handle) const {
    destroy(handle);
  }
};
using OptionsHandle = std::unique_ptr<natsOptions, Destroy<natsOptions_Destroy>>;
using MsgHandle = std::unique_ptr<natsMsg, Destroy<natsMsg_Destroy>>;
using SubscriptionHandle = std::unique_ptr<natsSubscription, Destroy<natsSubscription_Destroy>>;

// What Connection, publishers, consumers and messages share: the library's connection and its callbacks. Thread-safe.
// Internal to common/nats.
class ConnectionCore {
 public:
  static absl::StatusOr<std::shared_ptr<ConnectionCore>> Connect(ConnectionOptions options);

  ConnectionCore(const ConnectionCore&) = delete;
  ConnectionCore& operator=(const ConnectionCore&) = delete;
  ~ConnectionCore();

  natsConnection* handle() const { return handle_; }
  jsCtx* jetstream() const { return jetstream_; }
  const ConnectionOptions& options() const { return options_; }

  bool connected() const { return natsConnection_Status(handle_) == NATS_CONN_STATUS_CONNECTED; }
  // Counts the times the connection came up. Lags a little behind connected().
  uint64_t epoch() const { return epoch_.load(std::memory_order_acquire); }

  absl::Status WaitConnected(absl::Duration timeout);
  void Close();

  // `listener` is called after each loss and at Close(), from a thread of the library, and must return soon.
  // RemoveListener waits until it is not running.
  int64_t AddLossListener(std::function<void()> listener);
  void RemoveLossListener(int64_t id);

  // A new subject prefix "_INBOX.<unique>." for answers.
  static absl::StatusOr<std::string> NewInboxPrefix();

 private:
  explicit ConnectionCore(ConnectionOptions options)
      : options_(std::move(options)), report_(options_.client_name, options_.url, options_.connected) {}
  natsStatus Configure(natsOptions* options);
  void OnUp();
  void OnLoss();
  void OnClosed();

  const ConnectionOptions options_;
  LinkReport report_;
  natsConnection* handle_ = nullptr;  // owned; set once in Connect()
  jsCtx* jetstream_ = nullptr;        // owned; set once in Connect()
  std::atomic<uint64_t> epoch_{0};

  std::mutex listeners_mutex_;  // held while listeners run
  std::map<int64_t, std::function<void()>> listeners_ ABSL_GUARDED_BY(listeners_mutex_);
  int64_t next_listener_ ABSL_GUARDED_BY(listeners_mutex_) = 1;

  std::mutex state_mutex_;
  std::condition_variable state_changed_;
  bool closed_ ABSL_GUARDED_BY(state_mutex_) = false;  // the library's last callback has run
};

}  // namespace edirae::nats

#endif  // EDIRAE_COMMON_NATS_CONNECTION_CORE_H_
