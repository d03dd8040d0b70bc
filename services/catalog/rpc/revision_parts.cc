#include "services/catalog/rpc/revision_parts.h"

#include <algorithm>
#include <array>
#include <utility>

#include "common/catalog_feed/list_changes.h"
#include "common/wire/wire.h"
#include "grpcpp/support/slice.h"
#include "services/catalog/limits.h"

namespace edirae::catalog {
namespace {

using catalog_feed::EncodedContent;
using Response = v1::WatchRevisionsResponse;

constexpr size_t kHeaderBytes = 16;  // more than tag and length of the content of a part take

// A part whose content is a piece of `content`, which lives on with it.
grpc::ByteBuffer PartOf(const std::shared_ptr<const EncodedContent>& content, absl::string_view piece) {
  std::string header;
  wire::AppendHeader(header, Response::kContentFieldNumber, piece.size());
  using Owner = std::shared_ptr<const EncodedContent>;
  const std::array<grpc::Slice, 2> slices = {
      grpc::Slice(header), grpc::Slice(
                               const_cast<char*>(piece.data()), piece.size(),
                               [](void* owner) { delete static_cast<Owner*>(owner); }, new Owner(content))};
  return grpc::ByteBuffer(slices.data(), slices.size());
}

// Takes elements one by one and makes parts of them.
class PartWriter {
 public:
  void Add(absl::string_view element) {
    if (bytes_.size() + element.size() > limits::kMaxPartBytes - kHeaderBytes) Flush();
    bytes_.append(element.data(), element.size());
    total_ += element.size();
  }

  size_t total() const { return total_; }

  Parts Take() {
    Flush();
    return std::move(parts_);
  }

 private:
  void Flush() {
    if (bytes_.empty()) return;
    std::string part;
    wire::AppendBytes(part, Response::kContentFieldNumber, bytes_);
    const grpc::Slice slice(part);
    parts_.emplace_back(&slice, 1);
    bytes_.clear();
  }

  std::string bytes_;
  size_t total_ = 0;
  Parts parts_;
};

grpc::ByteBuffer EndPart(v1::RevisionEnd end) {
  Response part;
  *part.mutable_end() = std::move(end);
  return ToBuffer(part);
}

}  // namespace

grpc::ByteBuffer ToBuffer(const google::protobuf::MessageLite& message) {
  const grpc::Slice slice(message.SerializeAsString());
  return grpc::ByteBuffer(&slice, 1);
}

RevisionParts::RevisionParts(int64_t number, EncodedContent content, const RevisionParts* before)
    : number_(number), content_(std::make_shared<const EncodedContent>(std::move(content))) {
  if (before == nullptr) return;
  known_ = before->known_;
  known_.push_back({before->number_, before->content().digest(),
                    std::make_shared<const catalog_feed::ElementDigests>(before->content().elements())});
  if (known_.size() > limits::kMaxKnownRevisions) known_.erase(known_.begin());
  Made(&known_.back());  // what nearly every watcher will need
}

Parts RevisionParts::For(const v1::WatchRevisionsRequest& request, absl::Time publish_time) const {
  Response begin;
  begin.mutable_begin()->set_revision(number_);
  const int64_t nanos = absl::ToUnixNanos(publish_time);
  begin.mutable_begin()->mutable_publish_time()->set_seconds(nanos / 1'000'000'000);
  begin.mutable_begin()->mutable_publish_time()->set_nanos(static_cast<int>(nanos % 1'000'000'000));

  const Known* base = BaseOf(request);
  if (base != nullptr && Made(base).empty()) base = nullptr;
  if (base != nullptr) begin.mutable_begin()->set_base_revision(base->number);
  Parts parts = {ToBuffer(begin)};
  const Parts& rest = Made(base);
  parts.insert(parts.end(), rest.begin(), rest.end());
  return parts;
}

const RevisionParts::Known* RevisionParts::BaseOf(const v1::WatchRevisionsRequest& request) const {
  if (!request.accepts_deltas() || request.held_digest().empty()) return nullptr;
  const auto found = std::find_if(known_.begin(), known_.end(), [&](const Known& known) {
    return known.number == request.held_revision() && known.digest == request.held_digest();
  });
  return found == known_.end() ? nullptr : &*found;
}

const Parts& RevisionParts::Made(const Known* base) const {
  const std::lock_guard lock(mutex_);
  const auto [entry, is_new] = made_.try_emplace(base == nullptr ? 0 : base->number);
  if (is_new) entry->second = base == nullptr ? MakeWhole() : MakeChange(*base);
  return entry->second;
}

v1::RevisionEnd RevisionParts::End() const {
  v1::RevisionEnd end;
  end.set_revision(number_);
  end.set_digest(content_->digest());
  return end;
}

Parts RevisionParts::MakeWhole() const {
  Parts parts;
  size_t begin = 0, last = 0;
  for (const size_t end : content_->ends()) {
    if (end - begin > limits::kMaxPartBytes - kHeaderBytes && last > begin) {
      parts.push_back(PartOf(content_, content_->bytes().substr(begin, last - begin)));
      begin = last;
    }
    last = end;
  }
  if (last > begin) parts.push_back(PartOf(content_, content_->bytes().substr(begin, last - begin)));
  parts.push_back(EndPart(End()));
  return parts;
}

Parts RevisionParts::MakeChange(const Known& base) const {
  v1::RevisionEnd end = End();
  PartWriter writer;
  int runs = 0;
  for (v1::ListChange& change : catalog_feed::ChangesBetween(*base.elements, content_->elements())) {
    const size_t list = *catalog_feed::PlaceOfList(change.field_number());
    size_t place = 0;
    for (const v1::ListRun& run : change.runs()) {
      place += static_cast<size_t>(run.held_count());
      for (int i = 0; i < run.sent_count(); ++i) writer.Add(content_->Element(list, place++));
    }
    runs += change.runs_size();
    if (runs > limits::kMaxListRuns || writer.total() > content_->bytes().size() / 2) return {};
    *end.add_changes() = std::move(change);
  }
  end.set_elements_digest(catalog_feed::DigestOfElements(content_->elements()));
  Parts parts = writer.Take();
  parts.push_back(EndPart(std::move(end)));
  return parts;
}

}  // namespace edirae::catalog
