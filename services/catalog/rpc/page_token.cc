#include "services/catalog/rpc/page_token.h"

#include <xxhash.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/catalog/errors.h"
#include "services/catalog/limits.h"

namespace edirae::catalog {
namespace {

constexpr size_t kCheckDigits = 16;

}  // namespace

// 16 hexadecimal digits over list and id, then the id, all in web-safe base64. The check finds mistakes, not forgery: a
// forged token could only point at another entry of the same list.
std::string EncodePageToken(absl::string_view list, absl::string_view last_id) {
  const std::string checked = absl::StrCat(list, absl::string_view("\0", 1), last_id);
  return absl::WebSafeBase64Escape(
      absl::StrCat(absl::Hex(XXH64(checked.data(), checked.size(), 0), absl::kZeroPad16), last_id));
}

absl::StatusOr<std::string> DecodePageToken(absl::string_view list, absl::string_view token) {
  std::string decoded;
  if (token.size() > limits::kMaxPageTokenBytes || !absl::WebSafeBase64Unescape(token, &decoded) ||
      decoded.size() < kCheckDigits) {
    return errors::BadPageToken();
  }
  std::string last_id = decoded.substr(kCheckDigits);
  if (absl::string_view(EncodePageToken(list, last_id)) != token) return errors::BadPageToken();
  return last_id;
}

}  // namespace edirae::catalog
