#include "common/nats/connection_core.h"

#include <functional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/nats/nats_status.h"
#include "common/process/this_thread.h"

namespace edirae::nats {
namespace {

ConnectionCore* CoreOf(void* closure) { return static_cast<ConnectionCore*>(closure); }

// Threads that the library starts meanwhile go last when processors are scarce: nobody waits for the bus. One of them
// frees messages, and would otherwise preempt whoever publishes, once a message.
void InBackground(const std::function<void()>& work) {
  std::thread([&work] {
    process::NameThread("nats");
    process::YieldToForeground();
    work();
  }).join();
}

}  // namespace

absl::StatusOr<std::shared_ptr<ConnectionCore>> ConnectionCore::Connect(ConnectionOptions options) {
  if (options.client_name.empty()) return absl::InvalidArgumentError("a NATS connection needs a client name");
  if (options.url.empty()) return absl::InvalidArgumentError("a NATS connection needs a url");
  std::shared_ptr<ConnectionCore> core(new ConnectionCore(std::move(options)));
  const std::string what = absl::StrCat("connect to ", core->options_.url);

  InBackground([] { nats_Open(-1); });  // once a process; what fails shows at once below
  natsOptions* raw = nullptr;
  if (natsStatus s = natsOptions_Create(&raw); s != NATS_OK) return ToStatus(s, what);
  OptionsHandle library_options(raw);
  if (natsStatus s = core->Configure(library_options.get()); s != NATS_OK) return ToStatus(s, what);

  natsStatus connected = NATS_OK;
  InBackground([&] { connected = natsConnection_Connect(&core->handle_, library_options.get()); });
  if (connected != NATS_OK && connected != NATS_NOT_YET_CONNECTED) {
    core->handle_ = nullptr;
    return ToStatus(connected, what);
  }
  jsOptions js_options;
  jsOptions_Init(&js_options);
  js_options.Wait = absl::ToInt64Milliseconds(core->options_.request_timeout);
  if (natsStatus s = natsConnection_JetStream(&core->jetstream_, core->handle_, &js_options); s != NATS_OK) {
    return ToStatus(s, what);
  }
  // The library calls back about a first connect only when it came later.
  connected == NATS_OK ? core->OnUp() : core->report_.Missing();
  return core;
}

natsStatus ConnectionCore::Configure(natsOptions* options) {
  const std::vector<std::string> urls = absl::StrSplit(options_.url, ',', absl::SkipWhitespace());
  std::vector<const char*> servers;
  for (const std::string& url : urls) servers.push_back(url.c_str());
  const int64_t wait_ms = absl::ToInt64Milliseconds(options_.reconnect_wait);

  natsStatus s = natsOptions_SetServers(options, servers.data(), static_cast<int>(servers.size()));
  if (s == NATS_OK) s = natsOptions_SetName(options, options_.client_name.c_str());
  if (s == NATS_OK) s = natsOptions_SetTimeout(options, absl::ToInt64Milliseconds(options_.connect_timeout));
  if (s == NATS_OK) s = natsOptions_SetMaxReconnect(options, -1);
  if (s == NATS_OK) s = natsOptions_SetReconnectWait(options, wait_ms);
  if (s == NATS_OK) s = natsOptions_SetReconnectJitter(options, wait_ms / 2, wait_ms / 2);
  if (s == NATS_OK) s = natsOptions_SetPingInterval(options, absl::ToInt64Milliseconds(options_.ping_interval));
  if (s == NATS_OK) s = natsOptions_SetMaxPingsOut(options, 2);
  if (s == NATS_OK) s = natsOptions_SetSendAsap(options, options_.send_immediately);
  if (s == NATS_OK) s = natsOptions_SetFailRequestsOnDisconnect(options, true);
  if (s == NATS_OK) {
    s = natsOptions_SetRetryOnFailedConnect(
        options, true, [](natsConnection*, void* closure) { CoreOf(closure)->OnUp(); }, this);
  }
  if (s == NATS_OK) {
    s = natsOptions_SetReconnectedCB(
        options, [](natsConnection*, void* closure) { CoreOf(closure)->OnUp(); }, this);
  }
  if (s == NATS_OK) {
    s = natsOptions_SetDisconnectedCB(
        options, [](natsConnection*, void* closure) { CoreOf(closure)->OnLoss(); }, this);
  }
  if (s == NATS_OK) {
    s = natsOptions_SetClosedCB(
        options, [](natsConnection*, void* closure) { CoreOf(closure)->OnClosed(); }, this);
  }
  if (s == NATS_OK) {
    s = natsOptions_SetErrorHandler(
        options,
        [](natsConnection* connection, natsSubscription*, natsStatus error, void* closure) {
          const ConnectionOptions& settings = CoreOf(closure)->options();
          if (!settings.on_error) return;
          const char* text = nullptr;  // the server's words, e.g. which permission was violated
          natsConnection_GetLastError(connection, &text);
          settings.on_error(ToStatus(error, absl::StrCat("NATS ", settings.client_name, " ", text ? text : "")));
        },
        this);
  }
  return s;
}

ConnectionCore::~ConnectionCore() {
  Close();
  jsCtx_Destroy(jetstream_);
  natsConnection_Destroy(handle_);
}

void ConnectionCore::OnUp() {
  epoch_.fetch_add(1, std::memory_order_acq_rel);
  { std::lock_guard lock(state_mutex_); }
  state_changed_.notify_all();
  report_.Up();
  if (options_.on_connected) options_.on_connected();
}

void ConnectionCore::OnLoss() {
  report_.Down();
  {
    std::lock_guard lock(listeners_mutex_);
    for (const auto& [id, listener] : listeners_) listener();
  }
  if (options_.on_disconnected) options_.on_disconnected();
}

void ConnectionCore::OnClosed() {
  // Notified under the lock: once Close() sees the flag, this object may be gone.
  std::lock_guard lock(state_mutex_);
  closed_ = true;
  state_changed_.notify_all();
}

absl::Status ConnectionCore::WaitConnected(absl::Duration timeout) {
  std::unique_lock lock(state_mutex_);
  const bool up =
      state_changed_.wait_for(lock, absl::ToChronoNanoseconds(timeout), [this] { return connected() || closed_; });
  if (up && !closed_) return absl::OkStatus();
  return absl::UnavailableError(absl::StrCat("NATS at ", options_.url,
                                             closed_ ? ": connection closed" : ": not connected after ",
                                             closed_ ? "" : absl::FormatDuration(timeout)));
}

void ConnectionCore::Close() {
  if (handle_ == nullptr) return;
  report_.Closing();
  if (connected()) natsConnection_FlushTimeout(handle_, 2000);
  natsConnection_Close(handle_);
  std::unique_lock lock(state_mutex_);
  state_changed_.wait(lock, [this] { return closed_; });
}

int64_t ConnectionCore::AddLossListener(std::function<void()> listener) {
  std::lock_guard lock(listeners_mutex_);
  const int64_t id = next_listener_++;
  listeners_.emplace(id, std::move(listener));
  return id;
}

void ConnectionCore::RemoveLossListener(int64_t id) {
  std::lock_guard lock(listeners_mutex_);
  listeners_.erase(id);
}

absl::StatusOr<std::string> ConnectionCore::NewInboxPrefix() {
  natsInbox* inbox = nullptr;
  if (natsStatus s = natsInbox_Create(&inbox); s != NATS_OK) return ToStatus(s, "create an inbox");
  std::string prefix = absl::StrCat(inbox, ".");
  natsInbox_Destroy(inbox);
  return prefix;
}

}  // namespace edirae::nats
