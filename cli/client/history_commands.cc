#include "cli/client/history_commands.h"

#include <iostream>

#include "absl/time/clock.h"
#include "common/ids/ids.h"
#include "common/rpc/channel.h"
#include "edirae/progress/v1/history_service.grpc.pb.h"

namespace edirae::cli {
namespace {

constexpr absl::Duration kPatienceWithTheBus = absl::Seconds(30);
constexpr absl::Duration kPause = absl::Milliseconds(200);

std::string Written(const google::protobuf::Timestamp& time) {
  return absl::FormatTime("%Y-%m-%d %H:%M:%S UTC", absl::FromUnixSeconds(time.seconds()), absl::UTCTimeZone());
}

void PrintReceipt(std::ostream& stream, const progress::v1::ErasureReceipt& receipt) {
  stream << "Erased " << receipt.event_count() << " events at " << Written(receipt.erase_time())
         << ".\nThe pseudonym on the bus was " << receipt.pseudonym() << ".\n";
  if (receipt.has_complete_time()) {
    stream << "The stream has followed: " << receipt.stream_message_count() << " messages were overwritten by "
           << Written(receipt.complete_time()) << ".\n";
  } else {
    stream << "The stream has not followed yet; it will. Ask again with the same request id.\n";
  }
}

}  // namespace

absl::Status EraseLearner(const Output& out, ErasureOrder order) {
  if (!order.confirmed) {
    return absl::FailedPreconditionError(
        "this erases everything that is kept of the learner, for ever; say --yes to do it");
  }
  progress::v1::EraseLearnerRequest request;
  request.set_learner_id(order.learner_id);
  request.set_request_id(order.request_id.empty() ? NewUuid7(absl::Now()) : order.request_id);
  std::cerr << "Request id, with which to ask for the receipt again: " << request.request_id() << "\n";
  const auto history = progress::v1::HistoryService::NewStub(rpc::NewClientChannel(out.session().settings().address));
  const absl::Time end = absl::Now() + kPatienceWithTheBus;
  while (true) {
    grpc::ClientContext context;
    out.session().Prepare(context, out.session().settings().timeout);
    progress::v1::EraseLearnerResponse response;
    const grpc::Status status = history->EraseLearner(&context, request, &response);
    if (!status.ok()) return out.session().Explain(status);
    if (response.receipt().has_complete_time() || absl::Now() >= end) {
      out.Print(response, [](std::ostream& stream, const Style&, const progress::v1::EraseLearnerResponse& erased) {
        PrintReceipt(stream, erased.receipt());
      });
      return absl::OkStatus();
    }
    absl::SleepFor(kPause);
  }
}

}  // namespace edirae::cli
