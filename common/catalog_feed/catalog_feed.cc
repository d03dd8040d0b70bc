#include "common/catalog_feed/catalog_feed.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/time/clock.h"
#include "common/catalog_feed/limits.h"
#include "common/catalog_feed/part_stream.h"
#include "common/catalog_feed/revision_assembler.h"
#include "common/ids/ids.h"
#include "common/log/log.h"
#include "common/process/release_last.h"
#include "common/process/this_thread.h"
#include "common/rpc/unary.h"
#include "common/wire/wire.h"

namespace edirae {
namespace {

using catalog::v1::WatchRevisionsRequest;
using catalog::v1::WatchRevisionsResponse;
using catalog_feed::Assembled;
using catalog_feed::PartStream;
namespace limits = catalog_feed::limits;

constexpr char kThreadName[] = "catalog-feed";

WatchRevisionsRequest RequestFrom(const Assembled& base) {
  WatchRevisionsRequest request;
  request.set_accepts_deltas(true);
  if (base == nullptr) return request;
  request.set_held_revision(base->number);
  request.set_held_digest(base->digest);
  return request;
}

bool IsHeartbeat(absl::string_view part) {
  const auto heartbeat = wire::FindBytes(part, WatchRevisionsResponse::kHeartbeatFieldNumber);
  return heartbeat.ok() && heartbeat->has_value();
}

}  // namespace

class CatalogFeed::Watcher {
 public:
  Watcher(std::shared_ptr<grpc::Channel> channel, std::string token, OnRevision on_revision,
          catalog_feed::DroppedFields dropped)
      : channel_(std::move(channel)),
        token_(std::move(token)),
        on_revision_(std::move(on_revision)),
        dropped_(std::move(dropped)),
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
    process::NameThread(kThreadName);
    absl::Duration backoff = limits::kFirstBackoff;
    while (true) {
      if (FollowOneStream()) backoff = limits::kFirstBackoff;
      if (!Pause(backoff)) return;
      backoff = std::min(backoff * 2, limits::kMaxBackoff);
    }
  }

  // Follows until the stream ends or cannot be trusted. Whether it was of use.
  bool FollowOneStream() {
    // Whoever could not apply a change asks for the whole as if it held nothing.
    catalog_feed::RevisionAssembler assembler(ask_for_whole_ ? nullptr : held_, dropped_);
    PartStream stream(channel_, token_, RequestFrom(assembler.held()));
    if (!Enter(&stream)) {
      stream.Finish();
      return false;
    }
    bool useful = false;
    absl::Status distrust;
    while (const auto part = stream.Next()) {
      useful = useful || IsHeartbeat(*part);
      absl::StatusOr<Assembled> revision = assembler.Take(*part);
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
      ask_for_whole_ = ask_for_whole_ || absl::IsFailedPrecondition(distrust);
      log::Error("refused what the catalog sent", {{"error", distrust}, {"held_revision", HeldNumber()}});
    } else if (!IsStopping()) {
      log::Warn("the catalog's stream ended", {{"error", rpc::FromGrpc(ended)}, {"held_revision", HeldNumber()}});
    }
    return useful;
  }

  int64_t HeldNumber() const { return held_ == nullptr ? 0 : held_->number; }

  // Hands a revision on. False when the feed is stopping.
  bool Give(Assembled revision) {
    if (IsStopping()) return false;
    log::Info("took a catalog revision", {{"revision", revision->number},
                                          {"roadmaps", revision->content.roadmaps_size()},
                                          {"questions", revision->content.questions_size()},
                                          {"flashcards", revision->content.flashcards_size()}});
    held_.swap(revision);
    ask_for_whole_ = false;
    on_revision_(held_);
    process::ReleaseLast(std::move(revision));
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

  const std::shared_ptr<grpc::Channel> channel_;
  const std::string token_;
  const OnRevision on_revision_;
  const catalog_feed::DroppedFields dropped_;
  // Of the thread alone.
  Assembled held_;
  bool ask_for_whole_ = false;
  std::mutex mutex_;
  std::condition_variable stop_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  PartStream* stream_ ABSL_GUARDED_BY(mutex_) = nullptr;
  std::thread thread_;  // last: it uses everything above
};

CatalogFeed::CatalogFeed(const std::shared_ptr<grpc::Channel>& channel, std::string service_token,
                         OnRevision on_revision, catalog_feed::DroppedFields dropped)
    : watcher_(
          std::make_unique<Watcher>(channel, std::move(service_token), std::move(on_revision), std::move(dropped))) {}

CatalogFeed::~CatalogFeed() = default;

}  // namespace edirae
