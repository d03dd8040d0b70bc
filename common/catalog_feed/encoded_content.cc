#include "common/catalog_feed/encoded_content.h"

#include "common/catalog_feed/digest.h"
#include "common/wire/wire.h"

namespace edirae::catalog_feed {

EncodedContent::EncodedContent(const catalog::v1::RevisionContent& content)
    : bytes_(DeterministicBytes(content)),
      digest_(DigestOfBytes(bytes_)),
      elements_(ContentLists().size()),
      first_(ContentLists().size()) {
  size_t list = 0;
  // What protobuf wrote is well formed, and its lists lie in the order of their numbers. Fields of a later version of
  // the contract stand behind them and go where the last element goes.
  wire::EachField(bytes_, [&](const wire::FieldView& field) {
    const size_t end = static_cast<size_t>(field.whole.data() - bytes_.data()) + field.whole.size();
    if (!PlaceOfList(field.number)) {
      if (!ends_.empty()) ends_.back() = end;
      return absl::OkStatus();
    }
    while (ContentLists()[list]->number() != field.number) first_[++list] = ends_.size();
    elements_[list].push_back(DigestOfElement(*field.content));
    ends_.push_back(end);
    return absl::OkStatus();
  }).IgnoreError();
  while (++list < first_.size()) first_[list] = ends_.size();
}

absl::string_view EncodedContent::Element(size_t list, size_t place) const {
  const size_t at = first_[list] + place;
  const size_t begin = at == 0 ? 0 : ends_[at - 1];
  return bytes().substr(begin, ends_[at] - begin);
}

}  // namespace edirae::catalog_feed
