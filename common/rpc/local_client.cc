#include "common/rpc/local_client.h"

#include <utility>

#include "common/rpc/limits.h"
#include "common/rpc/unanswered_calls.h"
#include "common/status/error.h"

namespace edirae::rpc {

struct LocalClient::Calls {
  explicit Calls(std::string d) : domain(std::move(d)) {}

  void Answer(uint64_t id, absl::StatusOr<Bytes> response) {
    if (!response.ok()) response = FromProto(ToProto(response.status(), domain));
    unanswered.Answer(id, std::move(response));
  }

  const std::string domain;
  UnansweredCalls unanswered;
};

LocalClient::LocalClient(const MethodTable& methods)
    : methods_(methods), calls_(std::make_shared<Calls>(methods.domain())) {}

LocalClient::~LocalClient() { calls_->unanswered.Stop(ServiceUnavailable()); }

void LocalClient::Call(absl::string_view method, const CallContext& context, std::string request, Done done) {
  // Those that were given up count, too, while they run.
  if (methods_.running() >= static_cast<int>(limits::kMaxUnanswered)) return std::move(done)(TooManyUnanswered());
  const absl::StatusOr<uint64_t> id = calls_->unanswered.Add(done, context.deadline);
  if (!id.ok()) return std::move(done)(id.status());
  methods_.Dispatch(method, context, request, [calls = calls_, id = *id](absl::StatusOr<Bytes> response) {
    calls->Answer(id, std::move(response));
  });
}

}  // namespace edirae::rpc
