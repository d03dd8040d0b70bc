#include "cli/client/session.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/rpc/channel.h"
#include "common/rpc/unary.h"

namespace edirae::cli {

Session::Session(SessionSettings settings)
    : settings_(std::move(settings)),
      channel_(rpc::NewClientChannel(settings_.address)),
      stub_(Learn::NewStub(channel_)),
      authoring_(Authoring::NewStub(channel_)),
      mentor_(Mentor::NewStub(channel_)),
      history_(History::NewStub(channel_)),
      time_travel_(TimeTravel::NewStub(channel_)),
      criteria_(Criteria::NewStub(channel_)),
      track_(Track::NewStub(channel_)) {}

void Session::Prepare(grpc::ClientContext& context, absl::Duration timeout) const {
  if (timeout != absl::InfiniteDuration()) context.set_deadline(absl::ToChronoTime(absl::Now() + timeout));
  if (!settings_.token.empty()) rpc::AddBearer(context, settings_.token);
}

namespace {

// The error, its reason and all, with advice below its message.
absl::Status WithAdvice(const absl::Status& error, absl::string_view advice) {
  absl::Status advised(error.code(), absl::StrCat(error.message(), "\n", advice));
  error.ForEachPayload([&](absl::string_view url, const absl::Cord& payload) { advised.SetPayload(url, payload); });
  return advised;
}

}  // namespace

absl::Status Session::Explain(const grpc::Status& status) const {
  absl::Status plain = rpc::FromGrpc(status);
  switch (plain.code()) {
    case absl::StatusCode::kUnavailable:
      return WithAdvice(plain, absl::StrCat("Is the platform running at ", settings_.address,
                                            "? `edirae serve` starts it; --address or EDIRAE_ADDRESS names another."));
    case absl::StatusCode::kUnauthenticated:
      return WithAdvice(plain,
                        "`edirae token LEARNER` makes a token, with --data as `edirae serve` has it; give it with "
                        "--token or EDIRAE_TOKEN.");
    default:
      return plain;
  }
}

}  // namespace edirae::cli
