#include "common/catalog_feed/catalog_feed.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/time/clock.h"
#include "common/catalog_feed/limits.h"
#include "common/catalog_feed/revision_assembler.h"
#include "common/ids/ids.h"
#include "common/log/log.h"
#include "common/rpc/channel.h"
#include "common/rpc/unary.h"
#include "edirae/catalog/v1/revision_service.grpc.pb.h"
#include "grpcpp/client_context.h"
#include "grpcpp/support/client_callback.h"

namespace edirae {
namespace {

using catalog::v1::RevisionService;
using catalog::v1::WatchRevisionsRequest;
using catalog::v1::WatchRevisionsResponse;
namespace limits = catalog_feed::limits;

// One call of `WatchRevisions`, read part by part from the feed's thread. Reads ahead by one part.
class PartStream final : public grpc::ClientReadReactor<WatchRevisionsResponse> {
 public:
  PartStream(RevisionService::Stub& stub, const std::string& token, const catalog_feed::Held& held) {
    rpc::AddBearer(context_, token);
    request_.set_held_revision(held.number);
    request_.set_held_digest(held.digest);
    stub.async()->WatchRevisions(&context_, &request_, this);
    AddHold();  // reads are started outside of reactions
    StartRead(&part_);
    StartCall();
  }

  // The next part; nothing when the stream has ended or was silent for too long.
  std::optional<WatchRevisionsResponse> Next() {
    std::unique_lock lock(mutex_);
    if (!changed_.wait_for(lock, absl::ToChronoNanoseconds(limits::kMaxSilence), [this] { return read_ended_; })) {
      log::Warn("the catalog is silent");
      return std::nullopt;
    }
    if (!read_ok_) return std::nullopt;
    read_ended_ = false;
    WatchRevisionsResponse part = std::move(part_);
    StartRead(&part_);
    return part;
  }

  // Ends the call and waits for that. Must be called before destruction.
  grpc::Status Finish() {
    context_.TryCancel();
    RemoveHold();
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return done_; });
    return status_;
  }

  // From any thread, before `Finish` returns.
  void Cancel() { context_.TryCancel(); }

  void OnReadDone(bool ok) override {
    const std::lock_guard lock(mutex_);
    read_ended_ = true;
    read_ok_ = ok;
    changed_.notify_all();
  }

  void OnDone(const grpc::Status& status) override {
    const std::lock_guard lock(mutex_);
    done_ = true;
    status_ = status;
    changed_.notify_all();
  }

 private:
  grpc::ClientContext context_;
  WatchRevisionsRequest request_;
  WatchRevisionsResponse part_;  // belongs to gRPC while a read is under way
  std::mutex mutex_;
  std::condition_variable changed_;
  bool read_ended_ ABSL_GUARDED_BY(mutex_) = false;
  bool read_ok_ ABSL_GUARDED_BY(mutex_) = false;
  bool done_ ABSL_GUARDED_BY(mutex_) = false;
  grpc::Status status_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace

class CatalogFeed::Watcher {
 public:
  Watcher(const std::shared_ptr<grpc::Channel>& channel, std::string token, OnRevision on_revision)
      : stub_(RevisionService::NewStub(channel)),
        token_(std::move(token)),
        on_revision_(std::move(on_revision)),
        thread_([this] { Run(); }) {}

  ~Watcher() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
      if (stream_ != nullptr) stream_->Cancel();
      stop_.notify_all();
    }
    thread_.join();
  }

 private:
  void Run() {
    absl::Duration backoff = limits::kFirstBackoff;
    while (true) {
      if (FollowOneStream()) backoff = limits::kFirstBackoff;
      if (!Pause(backoff)) return;
      backoff = std::min(backoff * 2, limits::kMaxBackoff);
    }
  }

  // Follows until the stream ends or cannot be trusted. Whether it was of use.
  bool FollowOneStream() {
    PartStream stream(*stub_, token_, held_);
    if (!Enter(&stream)) {
      stream.Finish();
      return false;
    }
    bool useful = false;
    absl::Status distrust;
    catalog_feed::RevisionAssembler assembler(held_);
    while (auto part = stream.Next()) {
      useful = useful || part->has_heartbeat();
      auto revision = assembler.Take(*std::move(part));
      if (!revision.ok()) {
        distrust = revision.status();
        break;
      }
      if (*revision == nullptr) continue;
      useful = true;
      if (!Give(*std::move(revision))) break;
    }
    Enter(nullptr);
    const grpc::Status ended = stream.Finish();
    if (!distrust.ok()) {
      log::Error("refused what the catalog sent", {{"error", distrust}, {"held_revision", held_.number}});
    } else if (!IsStopping()) {
      log::Warn("the catalog's stream ended", {{"error", rpc::FromGrpc(ended)}, {"held_revision", held_.number}});
    }
    return useful;
  }

  // Hands a revision on. False when the feed is stopping.
  bool Give(std::shared_ptr<const CatalogRevision> revision) {
    if (IsStopping()) return false;
    held_ = {revision->number, revision->digest};
    log::Info("took a catalog revision", {{"revision", revision->number},
                                          {"roadmaps", revision->content.roadmaps_size()},
                                          {"questions", revision->content.questions_size()},
                                          {"flashcards", revision->content.flashcards_size()}});
    on_revision_(std::move(revision));
    return true;
  }

  // Names the stream that the destructor has to cancel. False when the feed is stopping.
  bool Enter(PartStream* stream) {
    const std::lock_guard lock(mutex_);
    stream_ = stopping_ ? nullptr : stream;
    return !stopping_;
  }

  bool IsStopping() {
    const std::lock_guard lock(mutex_);
    return stopping_;
  }

  // Waits half of `backoff` to all of it, so that followers do not come back all at once. False when the feed is
  // stopping.
  bool Pause(absl::Duration backoff) {
    const double share = 0.5 + 0.5 * static_cast<double>(Random64() % 1024) / 1024;
    std::unique_lock lock(mutex_);
    return !stop_.wait_for(lock, absl::ToChronoNanoseconds(backoff * share), [this] { return stopping_; });
  }

  const std::unique_ptr<RevisionService::Stub> stub_;
  const std::string token_;
  const OnRevision on_revision_;
  catalog_feed::Held held_;  // of the thread alone
  std::mutex mutex_;
  std::condition_variable stop_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  PartStream* stream_ ABSL_GUARDED_BY(mutex_) = nullptr;
  std::thread thread_;  // last: it uses everything above
};

CatalogFeed::CatalogFeed(const std::shared_ptr<grpc::Channel>& channel, std::string service_token,
                         OnRevision on_revision)
    : watcher_(std::make_unique<Watcher>(channel, std::move(service_token), std::move(on_revision))) {}

CatalogFeed::~CatalogFeed() = default;

}  // namespace edirae
