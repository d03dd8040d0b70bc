#include "services/recommend/testing/fake_upstreams.h"

#include <cstdlib>
#include <utility>

#include "common/catalog_feed/catalog_feed.h"

namespace edirae::recommend::testing {
namespace {

std::unique_ptr<rpc::Server> Serve(grpc::Service& service) {
  auto server = rpc::Server::Start({.drain_delay = absl::ZeroDuration()}, {&service});
  if (!server.ok()) std::abort();
  return *std::move(server);
}

}  // namespace

FakeCatalog::FakeCatalog() : server_(Serve(*this)) {}

FakeCatalog::~FakeCatalog() {
  const std::lock_guard lock(mutex_);
  stopping_ = true;
  changed_.notify_all();
}

void FakeCatalog::Publish(int64_t revision, const catalog::v1::RevisionContent& content) {
  const std::lock_guard lock(mutex_);
  revision_ = revision;
  content_ = content;
  changed_.notify_all();
}

grpc::Status FakeCatalog::WatchRevisions(grpc::ServerContext* context,
                                         const catalog::v1::WatchRevisionsRequest* request,
                                         grpc::ServerWriter<catalog::v1::WatchRevisionsResponse>* writer) {
  int64_t held = request->held_revision();
  std::unique_lock lock(mutex_);
  while (!stopping_ && !context->IsCancelled()) {
    if (revision_ > held) {
      held = revision_;
      catalog::v1::WatchRevisionsResponse part;
      part.mutable_begin()->set_revision(held);
      writer->Write(part);
      *part.mutable_content() = content_;
      writer->Write(part);
      part.mutable_end()->set_revision(held);
      part.mutable_end()->set_digest(DigestOf(content_));
      writer->Write(part);
    }
    changed_.wait_for(lock, std::chrono::milliseconds(20));  // a cancelled call wakes nobody
  }
  return {grpc::StatusCode::UNAVAILABLE, "stopping"};
}

FakeProgress::FakeProgress() : server_(Serve(*this)) {}

void FakeProgress::SetHistory(const std::vector<events::v1::LearnerEvent>& events) {
  const std::lock_guard lock(mutex_);
  histories_[events.at(0).learner_id()] = events;
}

int FakeProgress::reads() {
  const std::lock_guard lock(mutex_);
  return reads_;
}

grpc::Status FakeProgress::ListLearnerEvents(grpc::ServerContext*,
                                             const progress::v1::ListLearnerEventsRequest* request,
                                             progress::v1::ListLearnerEventsResponse* response) {
  const std::lock_guard lock(mutex_);
  ++reads_;
  for (const auto& event : histories_[request->pseudonym()]) {
    if (event.learner_seq() > request->after_seq()) *response->add_events() = event;
  }
  return grpc::Status::OK;
}

grpc::Status FakeProgress::GetPseudonym(grpc::ServerContext*, const progress::v1::GetPseudonymRequest* request,
                                        progress::v1::GetPseudonymResponse* response) {
  response->set_pseudonym(request->learner_id());
  return grpc::Status::OK;
}

}  // namespace edirae::recommend::testing
