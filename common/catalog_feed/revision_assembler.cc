#include "common/catalog_feed/revision_assembler.h"

#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "common/catalog_feed/append_content.h"
#include "common/catalog_feed/digest.h"
#include "common/catalog_feed/limits.h"
#include "common/status/macros.h"

namespace edirae {
namespace {

using Part = catalog::v1::WatchRevisionsResponse;

}  // namespace

namespace catalog_feed {

absl::StatusOr<std::shared_ptr<const CatalogRevision>> RevisionAssembler::Take(Part part) {
  switch (part.part_case()) {
    case Part::kBegin:
      EDIRAE_RETURN_IF_ERROR(Begin(part.begin()));
      return nullptr;
    case Part::kContent:
      EDIRAE_RETURN_IF_ERROR(Append(*part.mutable_content()));
      return nullptr;
    case Part::kEnd:
      return End(part.end());
    case Part::kHeartbeat:
      return nullptr;
    case Part::PART_NOT_SET:
      break;
  }
  return absl::DataLossError("a part of no known kind came");
}

absl::Status RevisionAssembler::Begin(const catalog::v1::RevisionBegin& begin) {
  if (open_ != nullptr) {
    return absl::DataLossError(
        absl::StrCat("revision ", begin.revision(), " began before revision ", open_->number, " ended"));
  }
  if (begin.revision() < 1) return absl::DataLossError(absl::StrCat("revision ", begin.revision(), " came"));
  open_ = std::make_shared<CatalogRevision>();
  open_->number = begin.revision();
  open_->publish_time =
      absl::FromUnixSeconds(begin.publish_time().seconds()) + absl::Nanoseconds(begin.publish_time().nanos());
  bytes_ = 0;
  return absl::OkStatus();
}

absl::Status RevisionAssembler::Append(catalog::v1::RevisionContent& content) {
  if (open_ == nullptr) return absl::DataLossError("content came before a revision had begun");
  bytes_ += content.ByteSizeLong();
  if (bytes_ > limits::kMaxRevisionBytes) {
    return absl::DataLossError(
        absl::StrCat("revision ", open_->number, " is larger than ", limits::kMaxRevisionBytes, " bytes"));
  }
  AppendContent(content, open_->content);
  return absl::OkStatus();
}

absl::StatusOr<std::shared_ptr<const CatalogRevision>> RevisionAssembler::End(const catalog::v1::RevisionEnd& end) {
  if (open_ == nullptr) return absl::DataLossError("a revision ended before it had begun");
  if (end.revision() != open_->number) {
    return absl::DataLossError(absl::StrCat("revision ", end.revision(), " ended inside revision ", open_->number));
  }
  open_->digest = DigestOf(open_->content);
  if (open_->digest != end.digest()) {
    return absl::DataLossError(absl::StrCat("revision ", end.revision(), " has the digest ", open_->digest,
                                            ", and the catalog says ", end.digest()));
  }
  if (open_->number == held_.number && open_->digest == held_.digest) {
    return absl::DataLossError(absl::StrCat("revision ", end.revision(), " came again"));
  }
  held_ = {open_->number, open_->digest};
  return std::exchange(open_, nullptr);
}

}  // namespace catalog_feed
}  // namespace edirae
