#include "common/wire/wire.h"

#include "common/status/macros.h"

namespace edirae::wire {
namespace {

enum WireType : uint32_t { kVarint = 0, kFixed64 = 1, kLengthDelimited = 2, kFixed32 = 5 };

constexpr int kLongestVarint = 10;
constexpr uint64_t kHighestFieldNumber = (1u << 29) - 1;

// One field of a message: `value` holds the number of a varint, `bytes` the content of a length-delimited field.
struct Field {
  uint64_t number = 0;
  uint32_t type = 0;
  uint64_t value = 0;
  absl::string_view bytes;
};

absl::Status Malformed() { return absl::InternalError("malformed protobuf message"); }

absl::StatusOr<uint64_t> TakeVarint(absl::string_view& in) {
  uint64_t value = 0;
  for (int i = 0; i < kLongestVarint && !in.empty(); ++i) {
    const auto byte = static_cast<uint8_t>(in.front());
    in.remove_prefix(1);
    value |= static_cast<uint64_t>(byte & 0x7f) << (7 * i);
    if (byte < 0x80) return value;
  }
  return Malformed();
}

absl::StatusOr<absl::string_view> TakeBytes(absl::string_view& in, uint64_t size) {
  if (size > in.size()) return Malformed();
  const absl::string_view taken = in.substr(0, size);
  in.remove_prefix(size);
  return taken;
}

absl::StatusOr<Field> TakeField(absl::string_view& in) {
  EDIRAE_ASSIGN_OR_RETURN(const uint64_t tag, TakeVarint(in));
  Field field{.number = tag >> 3, .type = static_cast<uint32_t>(tag & 7)};
  if (field.number == 0 || field.number > kHighestFieldNumber) return Malformed();
  switch (field.type) {
    case kVarint: {
      EDIRAE_ASSIGN_OR_RETURN(field.value, TakeVarint(in));
      return field;
    }
    case kLengthDelimited: {
      EDIRAE_ASSIGN_OR_RETURN(const uint64_t size, TakeVarint(in));
      EDIRAE_ASSIGN_OR_RETURN(field.bytes, TakeBytes(in, size));
      return field;
    }
    case kFixed64:
    case kFixed32: {
      EDIRAE_ASSIGN_OR_RETURN(field.bytes, TakeBytes(in, field.type == kFixed64 ? 8 : 4));
      return field;
    }
    default:
      return Malformed();  // groups, which proto3 does not have
  }
}

size_t SizeOfVarint(uint64_t value) {
  size_t size = 1;
  while (value >= 0x80) {
    value >>= 7;
    ++size;
  }
  return size;
}

void PutVarint(std::string& out, uint64_t value) {
  while (value >= 0x80) {
    out.push_back(static_cast<char>(value | 0x80));
    value >>= 7;
  }
  out.push_back(static_cast<char>(value));
}

uint64_t Tag(int field_number, WireType type) { return static_cast<uint64_t>(field_number) << 3 | type; }

}  // namespace

void AppendHeader(std::string& out, int field_number, size_t value_size) {
  PutVarint(out, Tag(field_number, kLengthDelimited));
  PutVarint(out, value_size);
}

void AppendBytes(std::string& out, int field_number, absl::string_view value) {
  AppendHeader(out, field_number, value.size());
  out.append(value.data(), value.size());
}

void AppendVarint(std::string& out, int field_number, uint64_t value) {
  PutVarint(out, Tag(field_number, kVarint));
  PutVarint(out, value);
}

size_t SizeOfBytes(int field_number, size_t value_size) {
  return SizeOfVarint(Tag(field_number, kLengthDelimited)) + SizeOfVarint(value_size) + value_size;
}

absl::StatusOr<std::optional<absl::string_view>> FindBytes(absl::string_view message, int field_number) {
  std::optional<absl::string_view> found;
  while (!message.empty()) {
    EDIRAE_ASSIGN_OR_RETURN(const Field field, TakeField(message));
    if (field.number != static_cast<uint64_t>(field_number) || field.type != kLengthDelimited) continue;
    if (found.has_value()) return absl::InternalError("a protobuf field that should be single occurs twice");
    found = field.bytes;
  }
  return found;
}

absl::StatusOr<uint64_t> FindVarint(absl::string_view message, int field_number) {
  uint64_t found = 0;
  while (!message.empty()) {
    EDIRAE_ASSIGN_OR_RETURN(const Field field, TakeField(message));
    if (field.number == static_cast<uint64_t>(field_number) && field.type == kVarint) found = field.value;
  }
  return found;
}

absl::Status EachField(absl::string_view message, absl::FunctionRef<absl::Status(const FieldView&)> visit) {
  while (!message.empty()) {
    const absl::string_view rest = message;
    EDIRAE_ASSIGN_OR_RETURN(const Field field, TakeField(message));
    FieldView view{.number = static_cast<int>(field.number), .whole = rest.substr(0, rest.size() - message.size())};
    if (field.type == kLengthDelimited) view.content = field.bytes;
    EDIRAE_RETURN_IF_ERROR(visit(view));
  }
  return absl::OkStatus();
}

}  // namespace edirae::wire
