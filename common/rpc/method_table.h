#ifndef EDIRAE_COMMON_RPC_METHOD_TABLE_H_
#define EDIRAE_COMMON_RPC_METHOD_TABLE_H_

#include <atomic>
#include <memory>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "common/metrics/metrics.h"
#include "common/rpc/call.h"

namespace edirae::rpc {

// The unary methods of a service by full name, with rate, errors and duration of each. Filled before the server starts,
// thread-safe afterwards.
class MethodTable {
 public:
  // `domain` names the service in errors, e.g. "progress.edirae". `metrics` must outlive the table.
  MethodTable(std::string domain, Metrics& metrics);
  ~MethodTable();

  // `name` is `/package.Service/Method`; each name once.
  void Add(absl::string_view name, Handler handler);

  // Runs a method: bounds the deadline, measures, logs failures of ours. An error names its trace in the metadata
  // `trace_id` when the caller sent a trace context, or when the log of a service has a line about it; otherwise no id
  // is made. UNIMPLEMENTED for an unknown name,
  // UNAVAILABLE after `Stop`.
  void Dispatch(absl::string_view name, const CallContext& context, absl::string_view request, Done done) const;

  // Answers new calls with UNAVAILABLE and reason STOPPING from now on. Thread-safe.
  void Stop() { stopping_ = true; }

  // Calls whose handler has no answer yet. Once it is 0 after `Stop`, it stays so.
  int running() const { return running_; }

  const std::string& domain() const { return domain_; }
  bool Has(absl::string_view name) const { return methods_.contains(name); }

 private:
  struct Method;

  const std::string domain_;
  Metrics& metrics_;
  absl::flat_hash_map<std::string, std::unique_ptr<Method>> methods_;
  mutable std::atomic<int> running_ = 0;
  std::atomic<bool> stopping_ = false;
};

}  // namespace edirae::rpc

#endif  // EDIRAE_COMMON_RPC_METHOD_TABLE_H_
