#include "common/catalog_feed/revision_assembler.h"

#include <iterator>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "common/catalog_feed/limits.h"
#include "common/status/macros.h"
#include "common/wire/wire.h"

namespace edirae::catalog_feed {
namespace {

using catalog::v1::ListChange;
using catalog::v1::ListRun;
using catalog::v1::RevisionBegin;
using catalog::v1::RevisionEnd;
using Part = catalog::v1::WatchRevisionsResponse;
using Elements = std::vector<SharedElement>;

absl::Status DoesNotFit(absl::string_view what) {
  return absl::FailedPreconditionError(absl::StrCat("a change does not fit what is held: ", what));
}

// `base` with a change; moves what it needs out of `sent`.
absl::StatusOr<Elements> Changed(const Elements& base, const ListChange& change, Elements& sent) {
  Elements result;
  size_t used = 0;
  for (const ListRun& run : change.runs()) {
    if (run.first_held() < 0 || run.held_count() < 0 || run.sent_count() < 0) return DoesNotFit("a run is negative");
    const auto first = static_cast<size_t>(run.first_held());
    const auto held = static_cast<size_t>(run.held_count());
    const auto fresh = static_cast<size_t>(run.sent_count());
    if (held > base.size() || first > base.size() - held) return DoesNotFit("a run leads past the end of a list");
    if (fresh > sent.size() - used) return DoesNotFit("a run takes more than was sent");
    if (result.size() + held + fresh > limits::kMaxElements) return DoesNotFit("a list becomes too long");
    result.insert(result.end(), base.begin() + static_cast<ptrdiff_t>(first),
                  base.begin() + static_cast<ptrdiff_t>(first + held));
    const auto from = sent.begin() + static_cast<ptrdiff_t>(used);
    std::move(from, from + static_cast<ptrdiff_t>(fresh), std::back_inserter(result));
    used += fresh;
  }
  if (used != sent.size()) return DoesNotFit("more was sent than is used");
  return result;
}

}  // namespace

absl::StatusOr<Assembled> RevisionAssembler::Take(absl::string_view part) {
  // Content is most of what comes, and is not parsed as a whole.
  EDIRAE_ASSIGN_OR_RETURN(const auto content, wire::FindBytes(part, Part::kContentFieldNumber));
  if (!content) return TakeMessage(part);
  EDIRAE_RETURN_IF_ERROR(Append(*content));
  return nullptr;
}

absl::StatusOr<Assembled> RevisionAssembler::TakeMessage(absl::string_view part) {
  Part message;
  if (!message.ParseFromArray(part.data(), static_cast<int>(part.size()))) {
    return absl::DataLossError("a part is no message");
  }
  switch (message.part_case()) {
    case Part::kBegin:
      EDIRAE_RETURN_IF_ERROR(Begin(message.begin()));
      return nullptr;
    case Part::kEnd:
      return End(message.end());
    case Part::kHeartbeat:
      return nullptr;
    case Part::kContent:
    case Part::PART_NOT_SET:
      break;
  }
  return absl::DataLossError("a part of no known kind came");
}

absl::Status RevisionAssembler::Begin(const RevisionBegin& begin) {
  if (open_ != nullptr) {
    return absl::DataLossError(
        absl::StrCat("revision ", begin.revision(), " began before revision ", open_->begin.revision(), " ended"));
  }
  if (begin.revision() < 1) return absl::DataLossError(absl::StrCat("revision ", begin.revision(), " came"));
  if (begin.base_revision() != 0 && (held_ == nullptr || held_->number != begin.base_revision())) {
    return DoesNotFit(absl::StrCat("it is one of revision ", begin.base_revision()));
  }
  open_ = std::make_unique<Open>();
  open_->begin = begin;
  open_->sent.resize(ContentLists().size());
  open_->digest.reset(XXH64_createState());
  XXH64_reset(open_->digest.get(), 0);
  return absl::OkStatus();
}

absl::Status RevisionAssembler::Append(absl::string_view content) {
  if (open_ == nullptr) return absl::DataLossError("content came before a revision had begun");
  open_->bytes += content.size();
  if (open_->bytes > limits::kMaxRevisionBytes) {
    return absl::DataLossError(
        absl::StrCat("revision ", open_->begin.revision(), " is larger than ", limits::kMaxRevisionBytes, " bytes"));
  }
  XXH64_update(open_->digest.get(), content.data(), content.size());
  return wire::EachField(content, [this](const wire::FieldView& field) -> absl::Status {
    const auto list = PlaceOfList(field.number);
    if (!list || !field.content) return absl::OkStatus();  // of a later version of the contract
    EDIRAE_ASSIGN_OR_RETURN(SharedElement element, Parse(*list, *field.content));
    open_->sent[*list].push_back(std::move(element));
    return absl::OkStatus();
  });
}

absl::StatusOr<SharedElement> RevisionAssembler::Parse(size_t list, absl::string_view element) {
  SharedElement parsed{.message = nullptr, .digest = DigestOfElement(element)};
  const auto& field = *ContentLists()[list];
  if (const DroppedFields* const dropped = dropped_.Find(field.number())) {
    if (dropped->all()) return parsed;
    cut_.clear();
    EDIRAE_RETURN_IF_ERROR(dropped->Cut(element, cut_));
    element = cut_;
  }
  std::shared_ptr<google::protobuf::Message> message(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(field.message_type())->New());
  if (!message->ParseFromArray(element.data(), static_cast<int>(element.size()))) {
    return absl::DataLossError(absl::StrCat("an element of ", field.name(), " is no message"));
  }
  parsed.message = std::move(message);
  return parsed;
}

absl::StatusOr<Assembled> RevisionAssembler::End(const RevisionEnd& end) {
  if (open_ == nullptr) return absl::DataLossError("a revision ended before it had begun");
  const RevisionBegin& begin = open_->begin;
  if (end.revision() != begin.revision()) {
    return absl::DataLossError(absl::StrCat("revision ", end.revision(), " ended inside revision ", begin.revision()));
  }
  if (held_ != nullptr && end.revision() == held_->number && end.digest() == held_->digest) {
    return absl::DataLossError(absl::StrCat("revision ", end.revision(), " came again"));
  }
  SharedLists lists;
  if (begin.base_revision() == 0) {
    EDIRAE_RETURN_IF_ERROR(CheckWhole(end));
    lists = std::move(open_->sent);
  } else {
    EDIRAE_ASSIGN_OR_RETURN(lists, Apply(end));
  }
  const auto revision = std::make_shared<AssembledRevision>(std::move(lists));
  if (begin.base_revision() != 0 && DigestOfElements(revision->Digests()) != end.elements_digest()) {
    return DoesNotFit("its digest is another");
  }
  revision->number = begin.revision();
  revision->publish_time =
      absl::FromUnixSeconds(begin.publish_time().seconds()) + absl::Nanoseconds(begin.publish_time().nanos());
  revision->digest = end.digest();
  open_ = nullptr;
  held_ = revision;
  return held_;
}

absl::Status RevisionAssembler::CheckWhole(const RevisionEnd& end) const {
  const std::string digest = absl::StrCat(absl::Hex(XXH64_digest(open_->digest.get()), absl::kZeroPad16));
  if (digest == end.digest()) return absl::OkStatus();
  return absl::DataLossError(
      absl::StrCat("revision ", end.revision(), " has the digest ", digest, ", and the catalog says ", end.digest()));
}

absl::StatusOr<SharedLists> RevisionAssembler::Apply(const RevisionEnd& end) {
  SharedLists lists = held_->elements;
  for (const ListChange& change : end.changes()) {
    const auto list = PlaceOfList(change.field_number());
    if (!list) return DoesNotFit("it changes a list that is not known here");
    EDIRAE_ASSIGN_OR_RETURN(lists[*list], Changed(held_->elements[*list], change, open_->sent[*list]));
    open_->sent[*list].clear();
  }
  for (const Elements& sent : open_->sent) {
    if (!sent.empty()) return DoesNotFit("more was sent than is used");
  }
  return lists;
}

}  // namespace edirae::catalog_feed
