#include "cli/client/history_commands.h"

#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/ids/ids.h"
#include "common/status/macros.h"
#include "nlohmann/json.hpp"

namespace edirae::cli {
namespace {

constexpr absl::Duration kPatience = absl::Seconds(30);
constexpr absl::Duration kPause = absl::Milliseconds(200);

std::string Written(const google::protobuf::Timestamp& time) {
  return absl::FormatTime("%Y-%m-%d %H:%M:%S UTC", absl::FromUnixSeconds(time.seconds()), absl::UTCTimeZone());
}

void PrintReceipt(std::ostream& stream, const progress::v1::ErasureReceipt& receipt) {
  stream << "Erased " << receipt.event_count() << (receipt.event_count() == 1 ? " event at " : " events at ")
         << Written(receipt.erase_time()) << ".\nThe pseudonym on the bus was " << receipt.pseudonym() << ".\n";
  if (receipt.mentor_act_count() > 0) {
    stream << "Events of others, about work that the person reviewed, which do not name them any more: "
           << receipt.mentor_act_count() << ".\n";
  }
  if (receipt.has_complete_time()) {
    stream << "The stream has followed: " << receipt.stream_message_count() << " messages were overwritten by "
           << Written(receipt.complete_time()) << ".\n";
  } else {
    stream << "The stream has not followed yet; it will. Ask again with the same request id.\n";
  }
  if (receipt.has_proof()) {
    stream << "All " << receipt.proof().event_count() << " older events of others were read again by "
           << Written(receipt.proof().verify_time()) << ": none is of the person or has them as its mentor.\n";
  }
}

// Asks for part after part.
absl::Status WriteParts(const Session& session, const std::string& learner_id, std::ostream& file) {
  progress::v1::ExportLearnerRequest request;
  request.set_learner_id(learner_id);
  request.set_request_id(NewUuid7(absl::Now()));
  do {
    EDIRAE_ASSIGN_OR_RETURN(const auto response, session.Call(&Session::History::Stub::ExportLearner, request));
    file << response.part();
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty());
  return absl::OkStatus();
}

void TellReceipt(const ErasureOrder& order, const std::string& receipt) {
  std::cerr << "Once it is done, its receipt can be seen again: edirae erase " << order.learner_id
            << (order.learner_id.empty() ? "" : " ")
            << (order.pseudonym.empty() ? "" : absl::StrCat("--pseudonym ", order.pseudonym, " ")) << "--receipt "
            << receipt << "\n";
}

}  // namespace

absl::Status ExportLearner(const Output& out, const ExportOrder& order) {
  if (std::filesystem::exists(order.file)) {
    return absl::AlreadyExistsError(absl::StrCat(order.file, " is there already; name another with --to"));
  }
  const std::string unfinished = order.file + ".part";
  const mode_t others = umask(S_IRWXG | S_IRWXO);  // it is nobody else's
  std::ofstream file(unfinished, std::ios::binary);
  umask(others);
  if (!file)
    return absl::PermissionDeniedError(absl::StrCat("cannot write ", unfinished, "; name another place with --to"));
  absl::Status status = WriteParts(out.session(), order.learner_id, file);
  file.close();
  std::error_code error;
  if (status.ok() && !file.fail()) std::filesystem::rename(unfinished, order.file, error);
  if (status.ok() && (file.fail() || error)) status = absl::UnavailableError(absl::StrCat("cannot write ", order.file));
  if (!status.ok()) {
    std::filesystem::remove(unfinished, error);
    return status;
  }
  if (out.json()) {
    out.out() << nlohmann::json{{"file", order.file}}.dump() << "\n";
  } else {
    out.out() << "Everything is in " << order.file << "; its README.txt says what is what.\n";
  }
  return absl::OkStatus();
}

absl::Status EraseLearner(const Output& out, ErasureOrder order) {
  if (!order.confirmed && order.receipt.empty()) {
    return absl::InvalidArgumentError(
        "this erases everything that is kept of the learner, for ever; say --yes to do it");
  }
  progress::v1::EraseLearnerRequest request;
  request.set_learner_id(order.learner_id);
  request.set_pseudonym(order.pseudonym);
  request.set_request_id(order.request_id.empty() ? NewUuid7(absl::Now()) : order.request_id);
  if (!order.receipt.empty()) {
    request.set_request_id(order.receipt);
    request.set_receipt_only(true);
  } else if (order.request_id.empty()) {
    TellReceipt(order, request.request_id());
  }
  const absl::Time end = order.no_wait ? absl::InfinitePast() : absl::Now() + kPatience;
  while (true) {
    EDIRAE_ASSIGN_OR_RETURN(const auto response, out.session().Call(&Session::History::Stub::EraseLearner, request));
    const auto& receipt = response.receipt();
    if ((receipt.has_complete_time() && receipt.has_proof()) || absl::Now() >= end) {
      out.Print(response, [](std::ostream& stream, const Style&, const progress::v1::EraseLearnerResponse& erased) {
        PrintReceipt(stream, erased.receipt());
      });
      return absl::OkStatus();
    }
    absl::SleepFor(kPause);
  }
}

}  // namespace edirae::cli
