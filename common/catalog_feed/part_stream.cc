#include "common/catalog_feed/part_stream.h"

#include <utility>
#include <vector>

#include "common/catalog_feed/limits.h"
#include "common/log/log.h"
#include "common/rpc/channel.h"
#include "edirae/catalog/v1/revision_service.grpc.pb.h"  // for how requests are serialized
#include "grpcpp/generic/generic_stub.h"

namespace edirae::catalog_feed {
namespace {

constexpr char kMethod[] = "/edirae.catalog.v1.RevisionService/WatchRevisions";

std::string ToString(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  std::string bytes;
  if (!buffer.Dump(&slices).ok()) return bytes;
  bytes.reserve(buffer.Length());
  for (const grpc::Slice& slice : slices) bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  return bytes;
}

}  // namespace

PartStream::PartStream(const std::shared_ptr<grpc::Channel>& channel, const std::string& token,
                       catalog::v1::WatchRevisionsRequest request)
    : request_(std::move(request)) {
  rpc::AddBearer(context_, token);
  grpc::TemplatedGenericStub<catalog::v1::WatchRevisionsRequest, grpc::ByteBuffer>(channel).PrepareBidiStreamingCall(
      &context_, kMethod, {}, this);
  AddHold();  // reads are started outside of reactions
  StartWriteLast(&request_, grpc::WriteOptions());
  StartRead(&part_);
  StartCall();
}

std::optional<std::string> PartStream::Next() {
  grpc::ByteBuffer part;
  {
    std::unique_lock lock(mutex_);
    if (!changed_.wait_for(lock, absl::ToChronoNanoseconds(limits::kMaxSilence), [this] { return read_ended_; })) {
      log::Warn("the catalog is silent");
      return std::nullopt;
    }
    if (!read_ok_) return std::nullopt;
    read_ended_ = false;
    part.Swap(&part_);
  }
  StartRead(&part_);
  return ToString(part);
}

grpc::Status PartStream::Finish() {
  context_.TryCancel();
  RemoveHold();
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return done_; });
  return status_;
}

void PartStream::OnReadDone(bool ok) {
  const std::lock_guard lock(mutex_);
  read_ended_ = true;
  read_ok_ = ok;
  changed_.notify_all();
}

void PartStream::OnDone(const grpc::Status& status) {
  const std::lock_guard lock(mutex_);
  done_ = true;
  status_ = status;
  changed_.notify_all();
}

}  // namespace edirae::catalog_feed
