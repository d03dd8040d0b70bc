#include "gateway/testing/fake_authoring.h"

#include <utility>

#include "common/rpc/unary.h"

namespace edirae::gateway::testing {
namespace {

std::string MetadataOf(const grpc::CallbackServerContext& context, const char* key) {
  const auto found = context.client_metadata().find(key);
  return found == context.client_metadata().end() ? "" : std::string(found->second.data(), found->second.size());
}

}  // namespace

class FakeAuthoring::Reader final : public grpc::ServerReadReactor<catalog::v1::PublishRevisionRequest> {
 public:
  Reader(FakeAuthoring& owner, catalog::v1::PublishRevisionResponse& response) : owner_(owner), response_(response) {
    StartRead(&part_);
  }

  void OnReadDone(bool ok) override {
    const std::lock_guard lock(owner_.mutex_);
    if (!ok) return Finish({grpc::StatusCode::INVALID_ARGUMENT, "no end"});
    auto& parts = owner_.received_.parts;
    parts.push_back(std::move(part_));
    if (parts.size() == owner_.refuse_after_) return Finish(owner_.refusal_);
    if (!parts.back().has_end()) return StartRead(&part_);
    response_.mutable_revision()->set_revision(static_cast<int64_t>(parts.size()));
    response_.set_published(true);
    std::exchange(owner_.holding_, false) ? owner_.held_.push_back(this) : Finish(grpc::Status::OK);
  }

  void OnDone() override { delete this; }

 private:
  FakeAuthoring& owner_;
  catalog::v1::PublishRevisionResponse& response_;
  catalog::v1::PublishRevisionRequest part_;
};

void FakeAuthoring::RefuseAfter(size_t parts, grpc::Status refusal) {
  const std::lock_guard lock(mutex_);
  refuse_after_ = parts;
  refusal_ = std::move(refusal);
}

void FakeAuthoring::Hold() {
  const std::lock_guard lock(mutex_);
  holding_ = true;
}

void FakeAuthoring::Release() {
  const std::lock_guard lock(mutex_);
  for (Reader* reader : std::exchange(held_, {})) reader->Finish(grpc::Status::OK);
}

ReceivedPublication FakeAuthoring::received() const {
  const std::lock_guard lock(mutex_);
  return received_;
}

grpc::ServerReadReactor<catalog::v1::PublishRevisionRequest>* FakeAuthoring::PublishRevision(
    grpc::CallbackServerContext* context, catalog::v1::PublishRevisionResponse* response) {
  {
    const std::lock_guard lock(mutex_);
    received_ = {.parts = {},
                 .subject = MetadataOf(*context, rpc::kSubjectMetadata),
                 .role = MetadataOf(*context, rpc::kRoleMetadata)};
  }
  return new Reader(*this, *response);
}

}  // namespace edirae::gateway::testing
