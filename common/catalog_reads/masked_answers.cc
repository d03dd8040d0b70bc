#include "common/catalog_reads/masked_answers.h"

#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/catalog_reads/errors.h"
#include "common/catalog_reads/limits.h"
#include "common/catalog_reads/paged_answer.h"
#include "common/status/macros.h"

namespace edirae::catalog_reads {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// Calls `visit` for each message in a field, single or repeated.
template <class Visit>
void ForEachMessage(Message& message, const FieldDescriptor& field, const Visit& visit) {
  const google::protobuf::Reflection& reflection = *message.GetReflection();
  if (!field.is_repeated()) return visit(*reflection.MutableMessage(&message, &field));
  for (int i = 0; i < reflection.FieldSize(message, &field); ++i) {
    visit(*reflection.MutableRepeatedMessage(&message, &field, i));
  }
}

}  // namespace

absl::StatusOr<ReadMask> ReadMask::Parse(const google::protobuf::FieldMask& mask,
                                         const google::protobuf::Descriptor& message) {
  ReadMask parsed;
  if (mask.paths_size() > limits::kMaxMaskPaths) {
    return ReadMaskInvalid(mask.paths(limits::kMaxMaskPaths),
                           absl::StrCat("is beyond the ", limits::kMaxMaskPaths, "th"));
  }
  for (const std::string& path : mask.paths()) {
    if (path.size() > limits::kMaxMaskPathBytes) {
      return ReadMaskInvalid(path.substr(0, limits::kMaxMaskPathBytes), "is too long");
    }
    ReadMask* at = &parsed;
    const google::protobuf::Descriptor* of = &message;
    for (const absl::string_view name : absl::StrSplit(path, '.')) {
      const FieldDescriptor* field = of == nullptr ? nullptr : of->FindFieldByName(std::string(name));
      if (field == nullptr)
        return ReadMaskInvalid(path, absl::StrCat("is no field of ", message.name(), "; paths begin inside it"));
      at = &at->fields_[field->name()];
      of = field->message_type();
    }
    at->whole_ = true;
  }
  return parsed;
}

void ReadMask::Trim(Message& message) const {
  if (whole_) return;
  const google::protobuf::Reflection& reflection = *message.GetReflection();
  std::vector<const FieldDescriptor*> present;
  reflection.ListFields(message, &present);
  for (const FieldDescriptor* field : present) {
    const auto wanted = fields_.find(field->name());
    if (wanted == fields_.end()) {
      reflection.ClearField(&message, field);
    } else if (!wanted->second.whole_) {
      ForEachMessage(message, *field, [&](Message& inner) { wanted->second.Trim(inner); });
    }
  }
}

std::string ReadMask::Canonical() const {
  if (whole_) return "*";
  std::string canonical = "(";
  for (const auto& [name, below] : fields_) absl::StrAppend(&canonical, name, below.Canonical());
  return canonical + ")";
}

absl::StatusOr<rpc::Bytes> MaskedAnswers::Get(const std::string& key, const ReadMask& mask, const rpc::Bytes& whole,
                                              const Message& response) const {
  const std::string full_key = absl::StrCat(key, mask.Canonical());
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = answers_.find(full_key); found != answers_.end()) return found->second;
  }
  const std::unique_ptr<Message> trimmed(response.New());
  if (!trimmed->ParseFromString(*whole)) return absl::InternalError("a ready answer is no message of its type");
  ForEachMessage(*trimmed, *trimmed->GetDescriptor()->FindFieldByNumber(kItemField),
                 [&](Message& item) { mask.Trim(item); });
  auto bytes = std::make_shared<const std::string>(trimmed->SerializeAsString());
  const std::lock_guard lock(mutex_);
  if (answers_.size() >= limits::kMaxMaskedAnswers || bytes_ + bytes->size() > limits::kMaxMaskedBytes) {
    answers_.clear();
    bytes_ = 0;
  }
  if (answers_.try_emplace(full_key, bytes).second) bytes_ += bytes->size() + full_key.size();
  return rpc::Bytes(std::move(bytes));
}

}  // namespace edirae::catalog_reads
