#include "common/catalog_feed/dropped_fields.h"

#include <cstdio>
#include <cstdlib>

#include "absl/strings/str_split.h"
#include "common/status/macros.h"
#include "common/wire/wire.h"
#include "edirae/catalog/v1/revision_service.pb.h"

namespace edirae::catalog_feed {

DroppedFields::DroppedFields(std::initializer_list<absl::string_view> paths) {
  for (const absl::string_view path : paths) {
    const google::protobuf::Descriptor* of = catalog::v1::RevisionContent::descriptor();
    DroppedFields* at = this;
    for (const absl::string_view name : absl::StrSplit(path, '.')) {
      const auto* field = of == nullptr ? nullptr : of->FindFieldByName(std::string(name));
      if (field == nullptr) {
        std::fprintf(stderr, "a revision has no field %s\n", std::string(path).c_str());
        std::abort();
      }
      at = &at->fields_[field->number()];
      of = field->message_type();
    }
  }
}

const DroppedFields* DroppedFields::Find(int field_number) const {
  const auto found = fields_.find(field_number);
  return found == fields_.end() ? nullptr : &found->second;
}

absl::Status DroppedFields::Cut(absl::string_view message, std::string& out) const {
  return wire::EachField(message, [&](const wire::FieldView& field) -> absl::Status {
    const DroppedFields* const dropped = Find(field.number);
    if (dropped == nullptr || (!dropped->all() && !field.content)) {
      out.append(field.whole.data(), field.whole.size());
    } else if (!dropped->all()) {
      std::string inner;
      EDIRAE_RETURN_IF_ERROR(dropped->Cut(*field.content, inner));
      wire::AppendBytes(out, field.number, inner);
    }
    return absl::OkStatus();
  });
}

}  // namespace edirae::catalog_feed
