#ifndef EDIRAE_SERVICES_RECOMMEND_ADAPTERS_STATE_BYTES_H_
#define EDIRAE_SERVICES_RECOMMEND_ADAPTERS_STATE_BYTES_H_

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

// Values as bytes and back, for state_codec.h.
namespace edirae::recommend {

static_assert(std::endian::native == std::endian::little, "values are written as they lie in memory");
template <class T>
concept Raw = std::is_trivially_copyable_v<T> && !std::is_pointer_v<T>;

// A difference as a number that is small when the difference is, whatever its sign. Any two values have one.
constexpr uint64_t ToZigzag(int64_t value, int64_t before) {
  const uint64_t difference = static_cast<uint64_t>(value) - static_cast<uint64_t>(before);
  return difference << 1 ^ (static_cast<int64_t>(difference) < 0 ? ~uint64_t{0} : 0);
}
constexpr int64_t FromZigzag(uint64_t zigzag, int64_t before) {
  return static_cast<int64_t>(static_cast<uint64_t>(before) + (zigzag >> 1 ^ ((zigzag & 1) != 0 ? ~uint64_t{0} : 0)));
}

class Writer {
 public:
  // About so many bytes will come.
  explicit Writer(size_t expected) : bytes_(expected, '\0') {}

  void Byte(uint8_t value) { *Room(1) = static_cast<char>(value); }
  void Varint(uint64_t value) {
    constexpr size_t kMost = 10;
    char* const first = Room(kMost);
    char* at = first;
    for (; value >= 0x80; value >>= 7) *at++ = static_cast<char>(static_cast<uint8_t>(value) | 0x80);
    *at++ = static_cast<char>(value);
    size_ -= kMost - static_cast<size_t>(at - first);
  }
  void Difference(int64_t value, int64_t before) { Varint(ToZigzag(value, before)); }
  template <Raw T>
  void Value(const T& value) {
    std::memcpy(Room(sizeof(value)), &value, sizeof(value));
  }
  template <Raw... T>
  void Values(const T&... values) {
    (Value(values), ...);
  }
  template <Raw T>
  void Each(const std::vector<T>& values) {
    Varint(values.size());
    Bytes(values.data(), values.size() * sizeof(T));
  }
  void Text(absl::string_view text) {
    Varint(text.size());
    Bytes(text.data(), text.size());
  }
  void Bytes(const void* first, size_t count) {
    if (count > 0) std::memcpy(Room(count), first, count);
  }
  absl::string_view bytes() const { return {bytes_.data(), size_}; }
  std::string Take() && {
    bytes_.resize(size_);
    return std::move(bytes_);
  }

 private:
  // Where the next bytes go; valid until the next call.
  char* Room(size_t count) {
    if (bytes_.size() - size_ < count) bytes_.resize(2 * bytes_.size() + count);
    return bytes_.data() + std::exchange(size_, size_ + count);
  }

  std::string bytes_;  // of which `size_` are written
  size_t size_ = 0;
};

// Reads what Writer wrote; after the first thing that cannot be, ok() is false and everything reads as zero.
class Reader {
 public:
  explicit Reader(absl::string_view bytes) : at_(bytes.data()), end_(bytes.data() + bytes.size()) {}

  uint8_t Byte() {
    uint8_t value = 0;
    Value(value);
    return value;
  }
  uint64_t Varint() {
    uint64_t value = 0;
    for (int shift = 0; shift < 64 && at_ != end_; shift += 7) {
      const auto byte = static_cast<uint8_t>(*at_++);
      value |= static_cast<uint64_t>(byte & 0x7F) << shift;
      if (byte < 0x80) return value;
    }
    Refuse();
    return 0;
  }
  int64_t Signed() { return static_cast<int64_t>(Varint()); }
  int32_t Small() { return static_cast<int32_t>(Varint()); }
  int64_t Difference(int64_t before) { return FromZigzag(Varint(), before); }
  template <Raw T>
  void Value(T& value) {
    if (left() < sizeof(value)) return Refuse();
    std::memcpy(&value, at_, sizeof(value));
    at_ += sizeof(value);
  }
  template <Raw... T>
  void Values(T&... values) {
    (Value(values), ...);
  }
  size_t Count(size_t min_bytes_each, size_t most) {
    const uint64_t count = Varint();
    if (count <= left() / min_bytes_each && count <= most) return count;
    Refuse();
    return 0;
  }
  template <Raw T>
  std::vector<T> Each(size_t most) {
    std::vector<T> values(Count(sizeof(T), most));
    if (values.empty()) return values;
    std::memcpy(values.data(), at_, values.size() * sizeof(T));
    at_ += values.size() * sizeof(T);
    return values;
  }
  std::string Text(size_t most) {
    const size_t count = Count(1, most);  // which moves at_
    std::string text(at_, count);
    at_ += count;
    return text;
  }
  void Refuse() {
    ok_ = false;
    at_ = end_;
  }
  bool ok() const { return ok_; }
  size_t left() const { return static_cast<size_t>(end_ - at_); }

 private:
  const char* at_;
  const char* end_;
  bool ok_ = true;
};

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_ADAPTERS_STATE_BYTES_H_
