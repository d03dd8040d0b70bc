#ifndef EDIRAE_COMMON_WIRE_WIRE_H_
#define EDIRAE_COMMON_WIRE_WIRE_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

// The protobuf wire format, as far as it takes to move a submessage from one message to another without parsing it.
namespace edirae::wire {

// Appends a length-delimited field: a string, bytes or a serialized submessage.
void AppendBytes(std::string& out, int field_number, absl::string_view value);

// Appends what stands before the content of such a field, which is to follow.
void AppendHeader(std::string& out, int field_number, size_t value_size);

// Appends an integer, boolean or enum field.
void AppendVarint(std::string& out, int field_number, uint64_t value);

// Bytes that `AppendBytes` of a value of `value_size` bytes appends.
size_t SizeOfBytes(int field_number, size_t value_size);

// The content of the length-delimited field `field_number` of a serialized message; nothing when it is absent. Fields
// of other numbers are stepped over. INTERNAL when the bytes are no message, or when the field occurs twice, which
// would have to be merged.
absl::StatusOr<std::optional<absl::string_view>> FindBytes(absl::string_view message, int field_number);

// The same for an integer, boolean or enum field; the last one counts. 0 when absent.
absl::StatusOr<uint64_t> FindVarint(absl::string_view message, int field_number);

// A field where it lies in a message.
struct FieldView {
  int number = 0;
  absl::string_view whole;                   // with its tag
  std::optional<absl::string_view> content;  // of a length-delimited field
};

// Visits the fields of a serialized message in their order, until `visit` fails. INTERNAL when the bytes are no
// message.
absl::Status EachField(absl::string_view message, absl::FunctionRef<absl::Status(const FieldView&)> visit);

}  // namespace edirae::wire

#endif  // EDIRAE_COMMON_WIRE_WIRE_H_
