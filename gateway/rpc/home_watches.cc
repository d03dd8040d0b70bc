#include "gateway/rpc/home_watches.h"

#include <string>
#include <utility>

#include "common/ids/ids.h"
#include "common/rpc/byte_buffer.h"
#include "common/rpc/unary.h"
#include "common/status/macros.h"
#include "gateway/aggregate/resume_point.h"
#include "gateway/errors.h"
#include "gateway/rpc/learn_methods.h"

namespace edirae::gateway {
namespace {

using learn::v1::WatchHomeRequest;

// Ends a call that cannot be served.
class Refused final : public HomeWatches::Reactor {
 public:
  explicit Refused(const absl::Status& status) { Finish(rpc::ToGrpc(status, kErrorDomain)); }
  void OnDone() override { delete this; }
};

}  // namespace

HomeWatches::HomeWatches(const NewestCatalog& catalog, ProgressClient& progress, RecommendClient& recommend,
                         const TokenAuthenticator& authenticator, WatchTimes times, Metrics& metrics)
    : catalog_(catalog),
      progress_(progress),
      recommend_(recommend),
      authenticator_(authenticator),
      times_(times),
      open_(metrics.Gauge("edirae_gateway_home_watches", "Open streams of WatchHome")),
      admission_(limits::kMaxWatchers, limits::kMaxWatchersPerLearner, TooManyWatchers) {}

HomeWatches::~HomeWatches() {
  Stop();
  std::unique_lock lock(mutex_);
  while (!streams_.empty()) gone_.wait(lock);
}

HomeWatches::Reactor* HomeWatches::Open(const grpc::CallbackServerContext& context, const grpc::ByteBuffer& request) {
  const absl::StatusOr<std::shared_ptr<HomeStream>> stream = Start(context, rpc::FlatBytes(request).view());
  if (!stream.ok()) return new Refused(stream.status());
  return stream->get();
}

absl::StatusOr<std::shared_ptr<HomeStream>> HomeWatches::Start(const grpc::CallbackServerContext& context,
                                                               absl::string_view bytes) {
  if (bytes.size() > limits::kMaxRequestBytes) return RequestTooLarge(limits::kMaxRequestBytes);
  WatchHomeRequest request;
  if (!request.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return rpc::MalformedRequest();
  EDIRAE_ASSIGN_OR_RETURN(rpc::CallContext call, rpc::ContextOf(context, authenticator_));
  EDIRAE_ASSIGN_OR_RETURN(const Identity identity, authenticator_.Identify(rpc::AuthorizationOf(context)));
  EDIRAE_ASSIGN_OR_RETURN(const absl::string_view learner_id, SubjectOf(call, request.learner_id()));
  EDIRAE_RETURN_IF_ERROR(CheckSlug("roadmap_id", request.roadmap_id()));
  EDIRAE_ASSIGN_OR_RETURN(const ResumePoint seen, FromToken(request.resume_token(), learner_id, request.roadmap_id()));
  EDIRAE_ASSIGN_OR_RETURN(const auto answers, catalog_.Get());
  EDIRAE_RETURN_IF_ERROR(answers->CheckRoadmap(request.roadmap_id()));
  EDIRAE_ASSIGN_OR_RETURN(Admission::Slot slot, admission_.Enter(learner_id));
  EDIRAE_ASSIGN_OR_RETURN(std::shared_ptr<HomeStream> stream,
                          Register(std::move(slot), identity.expire_time, request.resume_token()));
  HomeFeedSubject subject{.learner_id = std::string(learner_id), .roadmap_id = request.roadmap_id()};
  subject.context = std::move(call);
  stream->Start([&](HomeFeed::Callbacks callbacks) {
    return std::make_unique<HomeFeed>(progress_, recommend_, subject, seen, times_.patience, std::move(callbacks));
  });
  return stream;
}

absl::StatusOr<std::shared_ptr<HomeStream>> HomeWatches::Register(Admission::Slot slot, absl::Time token_expiry,
                                                                  const std::string& resume_token) {
  const std::lock_guard lock(mutex_);
  if (stopping_) return Stopping();
  auto stream = std::make_shared<HomeStream>(std::move(slot), times_, token_expiry, resume_token,
                                             [this](HomeStream* gone) { Forget(gone); });
  streams_.insert(stream);
  open_.Set(static_cast<double>(streams_.size()));
  return stream;
}

void HomeWatches::Forget(HomeStream* stream) {
  const std::lock_guard lock(mutex_);
  streams_.erase(stream);
  open_.Set(static_cast<double>(streams_.size()));
  gone_.notify_all();
}

size_t HomeWatches::open() {
  const std::lock_guard lock(mutex_);
  return streams_.size();
}

void HomeWatches::Stop() {
  absl::flat_hash_set<std::shared_ptr<HomeStream>> streams;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    streams = streams_;
  }
  for (const auto& stream : streams) stream->End(Stopping());
}

}  // namespace edirae::gateway
