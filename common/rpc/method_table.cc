#include "common/rpc/method_table.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/log/log.h"
#include "common/rpc/limits.h"
#include "common/status/error.h"

namespace edirae::rpc {
namespace {

constexpr int kCodes = 17;  // OK to UNAUTHENTICATED

// Key of a failed call's trace in the metadata of its error.
constexpr char kTraceIdKey[] = "trace_id";

// The trace of a failed call: the one that a service behind this one has logged, else the caller's, else a new one if
// there is `need` for it.
std::string TraceOf(const absl::Status& status, absl::string_view traceparent, bool need) {
  const errors::v1::ErrorInfo info = ErrorInfoOf(status);
  if (const auto found = info.metadata().find(kTraceIdKey); found != info.metadata().end()) return found->second;
  std::string trace_id(TraceId(traceparent));
  return trace_id.empty() && need ? NewTraceId() : trace_id;
}

bool IsOurFault(absl::StatusCode code) {
  return code == absl::StatusCode::kInternal || code == absl::StatusCode::kUnknown ||
         code == absl::StatusCode::kDataLoss;
}

}  // namespace

struct MethodTable::Method {
  Handler handler;
  std::string name;
  std::array<prometheus::Counter*, kCodes> finished{};
  prometheus::Histogram* latency = nullptr;

  // Counts and, where it is our fault, logs the outcome of a call. Returns the outcome, with its trace.
  absl::Status Record(const absl::Status& status, absl::Time start, absl::string_view traceparent) const {
    const int code = std::clamp(static_cast<int>(status.code()), 0, kCodes - 1);
    finished[code]->Increment();
    latency->Observe(absl::ToDoubleSeconds(absl::Now() - start));
    if (status.ok()) return status;
    const bool logged = IsOurFault(status.code());
    const std::string trace_id = TraceOf(status, traceparent, logged);
    if (logged) log::Error("call failed", {{"method", name}, {"error", status}, {"trace_id", trace_id}});
    return trace_id.empty() ? status : WithErrorMetadata(status, kTraceIdKey, trace_id);
  }
};

MethodTable::MethodTable(std::string domain, Metrics& metrics) : domain_(std::move(domain)), metrics_(metrics) {}

MethodTable::~MethodTable() = default;

void MethodTable::Add(absl::string_view name, Handler handler) {
  auto method = std::make_unique<Method>();
  method->handler = std::move(handler);
  method->name = std::string(name);
  for (int code = 0; code < kCodes; ++code) {
    method->finished[code] = &metrics_.Counter(
        "edirae_rpc_finished_total", "Unary calls that were answered, by method and gRPC code.",
        {{"method", method->name}, {"code", absl::StatusCodeToString(static_cast<absl::StatusCode>(code))}});
  }
  method->latency = &metrics_.LatencyHistogram("edirae_rpc_duration_seconds",
                                               "From the request's arrival to its answer.", {{"method", method->name}});
  methods_.emplace(name, std::move(method));
}

void MethodTable::Dispatch(absl::string_view name, const CallContext& context, absl::string_view request,
                           Done done) const {
  const auto found = methods_.find(name);
  if (found == methods_.end()) {
    return std::move(done)(
        MakeError(absl::StatusCode::kUnimplemented, "METHOD_UNKNOWN", absl::StrCat("there is no method ", name)));
  }
  const Method& method = *found->second;
  const absl::Time start = absl::Now();
  if (context.deadline <= start) {
    const absl::Status late = absl::DeadlineExceededError("the deadline had passed when the call arrived");
    return std::move(done)(method.Record(late, start, context.traceparent));
  }
  ++running_;  // before the look, so that whoever sees 0 after `Stop` has seen the last call
  if (stopping_) {
    const absl::Status refused =
        MakeError(absl::StatusCode::kUnavailable, "STOPPING", "the server stops; call again after a pause");
    const absl::Status recorded = method.Record(refused, start, context.traceparent);
    --running_;
    return std::move(done)(recorded);
  }
  method.handler(context, request,
                 [this, &method, start, traceparent = context.traceparent,
                  done = std::move(done)](absl::StatusOr<Bytes> response) mutable {
                   const absl::Status outcome = method.Record(response.status(), start, traceparent);
                   if (!outcome.ok()) response = outcome;
                   --running_;  // before the answer, after which the table may be gone
                   std::move(done)(std::move(response));
                 });
}

}  // namespace edirae::rpc
