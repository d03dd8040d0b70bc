#include "bench/limits/jetstream.h"

#include <nats/nats.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <memory>

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
constexpr int kBetweenLooks = 1024;  // messages between looks at the clock
constexpr int64_t kMillisForLastAcks = 10'000;

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

absl::Status Check(natsStatus status, absl::string_view doing) {
  if (status == NATS_OK) return absl::OkStatus();
  return absl::UnavailableError(absl::StrCat(doing, ": ", natsStatus_GetText(status)));
}

absl::Status MakeStream(const std::string& url) {
  EDIRAE_ASSIGN_OR_RETURN(const auto connection, nats::Connection::Connect({.url = url, .client_name = "bench"}));
  EDIRAE_RETURN_IF_ERROR(connection->WaitConnected(absl::Seconds(10)));
  nats::StreamSettings stream{.name = "BENCH", .subjects = {"bench.>"}, .max_bytes = int64_t{2} << 30};
  return nats::JetStream(*connection).EnsureStream(stream);
}

void CountError(jsCtx* /*context*/, jsPubAckErr* /*error*/, void* count) {
  static_cast<std::atomic<int64_t>*>(count)->fetch_add(1);
}

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

}  // namespace

absl::StatusOr<double> MeasureJetStream(const std::string& folder, absl::Duration window, const Interrupt& interrupt) {
  EDIRAE_ASSIGN_OR_RETURN(const auto server, process::NatsServer::Start({.folder = folder}));
  EDIRAE_RETURN_IF_ERROR(MakeStream(server->url()));
  natsConnection* raw_link = nullptr;
  EDIRAE_RETURN_IF_ERROR(Check(natsConnection_ConnectTo(&raw_link, server->url().c_str()), "connecting"));
  const Link link(raw_link);
  std::atomic<int64_t> errors = 0;
  jsOptions settings;
  jsOptions_Init(&settings);
  settings.PublishAsync.MaxPending = kMaxPending;
  settings.PublishAsync.ErrHandler = CountError;
  settings.PublishAsync.ErrHandlerClosure = &errors;
  jsCtx* raw_context = nullptr;
  EDIRAE_RETURN_IF_ERROR(Check(natsConnection_JetStream(&raw_context, link.get(), &settings), "opening JetStream"));
  const Context context(raw_context);

  const auto start = std::chrono::steady_clock::now();
  const auto elapsed = [start] { return absl::FromChrono(std::chrono::steady_clock::now() - start); };
  int64_t published = 0;
  while (elapsed() < window) {
    EDIRAE_RETURN_IF_ERROR(interrupt.Check());
    for (int i = 0; i < kBetweenLooks; ++i) EDIRAE_RETURN_IF_ERROR(PublishOne(context.get(), published++));
  }
  jsPubOptions last;
  jsPubOptions_Init(&last);
  last.MaxWait = kMillisForLastAcks;
  EDIRAE_RETURN_IF_ERROR(Check(js_PublishAsyncComplete(context.get(), &last), "waiting for acknowledgements"));
  const double seconds = absl::ToDoubleSeconds(elapsed());
  if (errors > 0) return absl::UnavailableError(absl::StrCat("JetStream refused ", errors.load(), " messages"));
  return static_cast<double>(published) / seconds;
}

}  // namespace edirae::bench
