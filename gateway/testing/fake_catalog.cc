#include "gateway/testing/fake_catalog.h"

#include <utility>

namespace edirae::gateway::testing {

using catalog::v1::WatchRevisionsRequest;
using catalog::v1::WatchRevisionsResponse;

class FakeCatalog::Stream final : public grpc::ServerWriteReactor<WatchRevisionsResponse> {
 public:
  explicit Stream(const std::vector<WatchRevisionsResponse>& parts) : parts_(parts) { Next(); }

  void OnWriteDone(bool ok) override {
    if (ok) Next();
  }
  void OnCancel() override { Finish(grpc::Status::CANCELLED); }
  void OnDone() override { delete this; }

 private:
  void Next() {
    if (next_ < parts_.size()) StartWrite(&parts_[next_++]);
  }

  const std::vector<WatchRevisionsResponse>& parts_;
  size_t next_ = 0;
};

FakeCatalog::FakeCatalog(const CatalogRevision& revision) : parts_(3) {
  parts_[0].mutable_begin()->set_revision(revision.number);
  parts_[0].mutable_begin()->mutable_publish_time()->set_seconds(absl::ToUnixSeconds(revision.publish_time));
  *parts_[1].mutable_content() = revision.content;
  parts_[2].mutable_end()->set_revision(revision.number);
  parts_[2].mutable_end()->set_digest(DigestOf(revision.content));
  server_ = rpc::Server::Start({}, {this, &authoring_}).value();
}

grpc::ServerWriteReactor<WatchRevisionsResponse>* FakeCatalog::WatchRevisions(grpc::CallbackServerContext*,
                                                                              const WatchRevisionsRequest*) {
  return new Stream(parts_);
}

}  // namespace edirae::gateway::testing
