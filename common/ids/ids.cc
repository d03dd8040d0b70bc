#include "common/ids/ids.h"

#include <xxhash.h>

#include <algorithm>
#include <random>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/status/error.h"

namespace edirae {
namespace {

constexpr size_t kLongestOpaqueId = 64;
constexpr size_t kLongestSlug = 63;

void AppendHex(std::string& out, uint64_t value, int digits) {
  static constexpr char kDigits[] = "0123456789abcdef";
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) out.push_back(kDigits[(value >> shift) & 0xf]);
}

// The id itself is not repeated: it may be long, and not even text.
absl::Status Malformed(absl::string_view field, absl::string_view id, absl::string_view rule) {
  return MakeError(absl::StatusCode::kInvalidArgument, "MALFORMED_ID",
                   absl::StrCat(field, id.empty() ? " is required: " : " must be ", rule),
                   {{"field", std::string(field)}});
}

}  // namespace

int PartitionOf(absl::string_view key) {
  return static_cast<int>(XXH64(key.data(), key.size(), 0) % static_cast<uint64_t>(kPartitions));
}

bool IsOpaqueId(absl::string_view id) {
  return !id.empty() && id.size() <= kLongestOpaqueId && std::all_of(id.begin(), id.end(), [](unsigned char c) {
    return absl::ascii_isalnum(c) || c == '_' || c == '-';
  });
}

bool IsSlug(absl::string_view id) {
  return !id.empty() && id.size() <= kLongestSlug && absl::ascii_islower(static_cast<unsigned char>(id[0])) &&
         std::all_of(id.begin(), id.end(),
                     [](unsigned char c) { return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '-'; });
}

bool IsItemId(absl::string_view id) {
  const size_t dot = id.find('.');
  if (dot == absl::string_view::npos) return IsSlug(id);
  return IsSlug(id.substr(0, dot)) && IsSlug(id.substr(dot + 1));
}

absl::Status CheckOpaqueId(absl::string_view field, absl::string_view id) {
  return IsOpaqueId(id) ? absl::OkStatus() : Malformed(field, id, "1 to 64 characters of [A-Za-z0-9_-]");
}

absl::Status CheckSlug(absl::string_view field, absl::string_view id) {
  return IsSlug(id) ? absl::OkStatus() : Malformed(field, id, "a slug, [a-z][a-z0-9-]{0,62}");
}

absl::Status CheckItemId(absl::string_view field, absl::string_view id) {
  return IsItemId(id) ? absl::OkStatus()
                      : Malformed(field, id, "a slug, [a-z][a-z0-9-]{0,62}, or two with a dot between them");
}

uint64_t Random64() {
  thread_local std::mt19937_64 generator = [] {
    std::random_device device;
    std::seed_seq seed{device(), device(), device(), device(), device(), device(), device(), device()};
    return std::mt19937_64(seed);
  }();
  return generator();
}

std::string NewUuid7(absl::Time now) {
  const auto millis = static_cast<uint64_t>(absl::ToUnixMillis(now)) & 0xffff'ffff'ffff;
  const uint64_t random_a = Random64();
  const uint64_t random_b = Random64();
  std::string out;
  out.reserve(36);
  AppendHex(out, millis >> 16, 8);
  out.push_back('-');
  AppendHex(out, millis & 0xffff, 4);
  out.push_back('-');
  AppendHex(out, 0x7000 | (random_a & 0x0fff), 4);
  out.push_back('-');
  AppendHex(out, 0x8000 | (random_b & 0x3fff), 4);
  out.push_back('-');
  AppendHex(out, random_b >> 16, 12);
  return out;
}

}  // namespace edirae
