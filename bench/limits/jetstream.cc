#include "bench/limits/jetstream.h"

#include <nats/nats.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/nats/connection.h"
#include "common/nats/jetstream.h"
#include "common/process/nats_server.h"
#include "common/status/macros.h"

namespace edirae::bench {
namespace {

constexpr int kMaxPending = 4096;
constexpr int kMessageBytes = 200;
constexpr int kSubjects = 64;
constexpr int64_t kStreamBytes = int64_t{2} << 30;
constexpr int kBetweenLooks = 1024;  // messages between looks at the clock
constexpr int64_t kMillisForLastAcks = 10'000;
constexpr int64_t kMillisForMessage = 5'000;

template <auto kDestroy>
struct Destroy {
  template <class T>
  void operator()(T* held) const {
    kDestroy(held);
  }
};
using Options = std::unique_ptr<natsOptions, Destroy<natsOptions_Destroy>>;
using Link = std::unique_ptr<natsConnection, Destroy<natsConnection_Destroy>>;
using Context = std::unique_ptr<jsCtx, Destroy<jsCtx_Destroy>>;
using Subscription = std::unique_ptr<natsSubscription, Destroy<natsSubscription_Destroy>>;
using Received = std::unique_ptr<natsMsg, Destroy<natsMsg_Destroy>>;

absl::Status Check(natsStatus status, absl::string_view doing) {
  if (status == NATS_OK) return absl::OkStatus();
  return absl::UnavailableError(absl::StrCat(doing, ": ", natsStatus_GetText(status)));
}

// nats.c alone: a connection of its own, and JetStream over it.
class BareJetStream {
 public:
  explicit BareJetStream(const std::string& url) : url_(url) {}

  absl::Status Open() {
    natsConnection* link = nullptr;
    EDIRAE_RETURN_IF_ERROR(Check(natsConnection_ConnectTo(&link, url_.c_str()), "connecting"));
    link_.reset(link);
    jsOptions settings;
    jsOptions_Init(&settings);
    settings.PublishAsync.MaxPending = kMaxPending;
    settings.PublishAsync.ErrHandler = CountError;
    settings.PublishAsync.ErrHandlerClosure = &errors_;
    jsCtx* context = nullptr;
    EDIRAE_RETURN_IF_ERROR(Check(natsConnection_JetStream(&context, link_.get(), &settings), "opening JetStream"));
    context_.reset(context);
    return absl::OkStatus();
  }

  jsCtx* context() const { return context_.get(); }

  // UNAVAILABLE when the stream has refused something.
  absl::Status WaitForAcks() {
    jsPubOptions last;
    jsPubOptions_Init(&last);
    last.MaxWait = kMillisForLastAcks;
    EDIRAE_RETURN_IF_ERROR(Check(js_PublishAsyncComplete(context(), &last), "waiting for acknowledgements"));
    if (errors_ == 0) return absl::OkStatus();
    return absl::UnavailableError(absl::StrCat("JetStream refused ", errors_.load(), " messages"));
  }

 private:
  static void CountError(jsCtx* /*context*/, jsPubAckErr* /*error*/, void* count) {
    static_cast<std::atomic<int64_t>*>(count)->fetch_add(1);
  }

  const std::string url_;
  std::atomic<int64_t> errors_ = 0;
  Link link_;
  Context context_;
};

absl::Status PublishOne(jsCtx* context, int64_t number) {
  static const std::string payload(kMessageBytes, 'x');
  char id[64];
  char subject[64];
  std::snprintf(id, sizeof id, "00000000-0000-7000-8000-%012ld", static_cast<long>(number));
  std::snprintf(subject, sizeof subject, "bench.answered.%d", static_cast<int>(number % kSubjects));
  jsPubOptions options;
  jsPubOptions_Init(&options);
  options.MsgId = id;
  return Check(js_PublishAsync(context, subject, payload.data(), kMessageBytes, &options), "publishing");
}

absl::Status PublishOne(jsCtx* context, const nats::OutgoingMessage& message) {
  natsMsg* built = nullptr;
  EDIRAE_RETURN_IF_ERROR(Check(natsMsg_Create(&built, message.subject.c_str(), nullptr, message.payload.data(),
                                              static_cast<int>(message.payload.size())),
                               "making a message"));
  absl::Status published;
  for (const auto& [name, value] : message.headers) {
    if (published.ok()) published = Check(natsMsgHeader_Set(built, name.c_str(), value.c_str()), "setting a header");
  }
  jsPubOptions options;
  jsPubOptions_Init(&options);
  options.MsgId = message.id.c_str();
  if (published.ok()) published = Check(js_PublishMsgAsync(context, &built, &options), "publishing");
  natsMsg_Destroy(built);  // null when it was taken
  return published;
}

std::chrono::steady_clock::time_point Now() { return std::chrono::steady_clock::now(); }
absl::Duration Since(std::chrono::steady_clock::time_point start) { return absl::FromChrono(Now() - start); }

}  // namespace

absl::Status MakeStream(const std::string& url, const std::string& name, const std::string& subjects) {
  EDIRAE_ASSIGN_OR_RETURN(const auto connection, nats::Connection::Connect({.url = url, .client_name = "bench"}));
  EDIRAE_RETURN_IF_ERROR(connection->WaitConnected(absl::Seconds(10)));
  return nats::JetStream(*connection).EnsureStream({.name = name, .subjects = {subjects}, .max_bytes = kStreamBytes});
}

absl::StatusOr<double> MeasureJetStream(const std::string& folder, absl::Duration window, const Interrupt& interrupt) {
  EDIRAE_ASSIGN_OR_RETURN(const auto server, process::NatsServer::Start({.folder = folder}));
  EDIRAE_RETURN_IF_ERROR(MakeStream(server->url(), "BENCH", "bench.>"));
  BareJetStream stream(server->url());
  EDIRAE_RETURN_IF_ERROR(stream.Open());
  const auto start = Now();
  int64_t published = 0;
  while (Since(start) < window) {
    EDIRAE_RETURN_IF_ERROR(interrupt.Check());
    for (int i = 0; i < kBetweenLooks; ++i) EDIRAE_RETURN_IF_ERROR(PublishOne(stream.context(), published++));
  }
  EDIRAE_RETURN_IF_ERROR(stream.WaitForAcks());
  return static_cast<double>(published) / absl::ToDoubleSeconds(Since(start));
}

absl::StatusOr<double> PublishAll(const std::string& url, std::span<const nats::OutgoingMessage> messages,
                                  const Interrupt& interrupt) {
  BareJetStream stream(url);
  EDIRAE_RETURN_IF_ERROR(stream.Open());
  const auto start = Now();
  for (size_t i = 0; i < messages.size(); ++i) {
    if (i % kBetweenLooks == 0) EDIRAE_RETURN_IF_ERROR(interrupt.Check());
    EDIRAE_RETURN_IF_ERROR(PublishOne(stream.context(), messages[i]));
  }
  EDIRAE_RETURN_IF_ERROR(stream.WaitForAcks());
  return static_cast<double>(messages.size()) / absl::ToDoubleSeconds(Since(start));
}

absl::StatusOr<double> ReadOrdered(const std::string& url, const std::string& subjects, int64_t count,
                                   const Interrupt& interrupt) {
  BareJetStream stream(url);
  EDIRAE_RETURN_IF_ERROR(stream.Open());
  const auto start = Now();
  jsSubOptions options;
  jsSubOptions_Init(&options);
  options.Ordered = true;
  natsSubscription* raw_subscription = nullptr;
  EDIRAE_RETURN_IF_ERROR(Check(
      js_SubscribeSync(&raw_subscription, stream.context(), subjects.c_str(), nullptr, &options, nullptr), "reading"));
  const Subscription subscription(raw_subscription);
  for (int64_t i = 0; i < count; ++i) {
    if (i % kBetweenLooks == 0) EDIRAE_RETURN_IF_ERROR(interrupt.Check());
    natsMsg* message = nullptr;
    EDIRAE_RETURN_IF_ERROR(Check(natsSubscription_NextMsg(&message, raw_subscription, kMillisForMessage), "reading"));
    const Received received(message);
  }
  return static_cast<double>(count) / absl::ToDoubleSeconds(Since(start));
}

}  // namespace edirae::bench
