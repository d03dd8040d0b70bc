#include "common/postgres/params.h"

#include <utility>

namespace edirae::postgres {
namespace {

// Big endian, as on the wire.
template <class Integer>
void Append(std::string& bytes, Integer value) {
  for (int shift = 8 * (static_cast<int>(sizeof(Integer)) - 1); shift >= 0; shift -= 8) {
    bytes.push_back(static_cast<char>(static_cast<uint64_t>(value) >> shift & 0xff));
  }
}

unsigned ArrayOf(Type element) {
  switch (element) {
    case Type::kBytea:
      return 1001;
    case Type::kInt8:
      return 1016;
    case Type::kText:
      return 1009;
  }
  return 0;
}

}  // namespace

// Dimensions, whether there are nulls (which the server finds out itself), type; then of each dimension its size and
// its lowest index. An empty array has no dimension.
Array::Array(Type element, size_t count) : element_(element) {
  Append<int32_t>(bytes_, count == 0 ? 0 : 1);
  Append<int32_t>(bytes_, 1);
  Append<uint32_t>(bytes_, static_cast<uint32_t>(element));
  if (count == 0) return;
  Append<int32_t>(bytes_, static_cast<int32_t>(count));
  Append<int32_t>(bytes_, 1);
}

void Array::Add(int64_t value) {
  Append<int32_t>(bytes_, sizeof value);
  Append(bytes_, value);
}

void Array::Add(absl::string_view bytes) {
  Append<int32_t>(bytes_, static_cast<int32_t>(bytes.size()));
  bytes_.append(bytes.data(), bytes.size());
}

void Array::AddNull() { Append<int32_t>(bytes_, -1); }

Params& Params::Add(int64_t value) {
  types_.push_back(static_cast<unsigned>(Type::kInt8));
  Append(values_.emplace_back(), value);
  return *this;
}

Params& Params::Add(absl::string_view text) {
  types_.push_back(static_cast<unsigned>(Type::kText));
  values_.emplace_back(text);
  return *this;
}

Params& Params::AddBytes(absl::string_view bytes) {
  types_.push_back(static_cast<unsigned>(Type::kBytea));
  values_.emplace_back(bytes);
  return *this;
}

Params& Params::Add(Array array) {
  types_.push_back(ArrayOf(array.element_));
  values_.push_back(std::move(array.bytes_));
  return *this;
}

}  // namespace edirae::postgres
