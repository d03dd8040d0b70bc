#include "common/catalog_feed/revision_assembler.h"

#include <iterator>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "common/catalog_feed/limits.h"
#include "common/status/macros.h"

namespace edirae {
namespace {

using Part = catalog::v1::WatchRevisionsResponse;

// Moves the elements of `from` behind those of `to`.
template <class Message>
void MoveAll(google::protobuf::RepeatedPtrField<Message>& from, google::protobuf::RepeatedPtrField<Message>& to) {
  to.Reserve(to.size() + from.size());
  for (Message& message : from) *to.Add() = std::move(message);
}

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
  if (begin.revision() <= held_) {
    return absl::DataLossError(absl::StrCat("revision ", begin.revision(), " came, which is not newer than ", held_));
  }
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
  MoveAll(*content.mutable_roadmaps(), *open_->content.mutable_roadmaps());
  MoveAll(*content.mutable_questions(), *open_->content.mutable_questions());
  MoveAll(*content.mutable_flashcards(), *open_->content.mutable_flashcards());
  MoveAll(*content.mutable_lessons(), *open_->content.mutable_lessons());
  MoveAll(*content.mutable_resources(), *open_->content.mutable_resources());
  MoveAll(*content.mutable_migrations(), *open_->content.mutable_migrations());
  return absl::OkStatus();
}

absl::StatusOr<std::shared_ptr<const CatalogRevision>> RevisionAssembler::End(const catalog::v1::RevisionEnd& end) {
  if (open_ == nullptr) return absl::DataLossError("a revision ended before it had begun");
  if (end.revision() != open_->number) {
    return absl::DataLossError(absl::StrCat("revision ", end.revision(), " ended inside revision ", open_->number));
  }
  if (const std::string digest = DigestOf(open_->content); digest != end.digest()) {
    return absl::DataLossError(
        absl::StrCat("revision ", end.revision(), " has the digest ", digest, ", and the catalog says ", end.digest()));
  }
  held_ = open_->number;
  return std::exchange(open_, nullptr);
}

}  // namespace catalog_feed
}  // namespace edirae
