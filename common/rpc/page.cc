#include "common/rpc/page.h"

#include <xxhash.h>

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/status/macros.h"

namespace edirae::rpc {
namespace {

constexpr size_t kCheckDigits = 16;
constexpr size_t kBytesAroundItems = 1024;  // of a page: the next token and what else the response holds
static_assert(limits::kMaxPageTokenBytes < kBytesAroundItems);

// 16 hexadecimal digits over list and id, then the id, all in web-safe base64. The check finds mistakes, not forgery: a
// forged token could only point at another item of the same list.
std::string MakePageToken(absl::string_view list, absl::string_view last_id) {
  const std::string checked = absl::StrCat(list, absl::string_view("\0", 1), last_id);
  return absl::WebSafeBase64Escape(
      absl::StrCat(absl::Hex(XXH64(checked.data(), checked.size(), 0), absl::kZeroPad16), last_id));
}

absl::StatusOr<std::string> ParsePageToken(absl::string_view list, absl::string_view token) {
  std::string decoded;
  if (token.size() > limits::kMaxPageTokenBytes || !absl::WebSafeBase64Unescape(token, &decoded) ||
      decoded.size() < kCheckDigits) {
    return BadPageToken();
  }
  std::string last_id = decoded.substr(kCheckDigits);
  if (absl::string_view(MakePageToken(list, last_id)) != token) return BadPageToken();
  return last_id;
}

absl::StatusOr<size_t> FirstOfPage(const PagedList& list, absl::string_view token) {
  if (token.empty()) return size_t{0};
  EDIRAE_ASSIGN_OR_RETURN(const std::string last_id, ParsePageToken(list.name, token));
  for (size_t i = 0; i < list.size; ++i) {
    if (list.id_of(i) == last_id) return i + 1;
  }
  return MakeError(absl::StatusCode::kInvalidArgument, "STALE_PAGE_TOKEN",
                   "the item that page_token names is no longer in the list; start again without it");
}

size_t EndOfPage(const PagedList& list, size_t first, size_t wanted) {
  size_t bytes = kBytesAroundItems;
  size_t end = first;
  for (; end < list.size && end - first < wanted; ++end) {
    bytes += list.bytes_of(end);
    if (bytes > limits::kMaxPageBytes && end > first) break;
  }
  return end;
}

}  // namespace

absl::StatusOr<Page> FindPage(const PagedList& list, int page_size, absl::string_view page_token) {
  EDIRAE_ASSIGN_OR_RETURN(const size_t wanted, PageSize(page_size));
  EDIRAE_ASSIGN_OR_RETURN(const size_t first, FirstOfPage(list, page_token));
  const size_t end = EndOfPage(list, first, wanted);
  return Page{.first = first,
              .end = end,
              .next_page_token = end < list.size ? MakePageToken(list.name, list.id_of(end - 1)) : ""};
}

absl::StatusOr<size_t> PageSize(int page_size, int by_default, int most) {
  if (page_size < 0 || page_size > most) {
    return MakeError(absl::StatusCode::kInvalidArgument, "BAD_PAGE_SIZE",
                     absl::StrCat("page_size is ", page_size, "; give 0 to ", most));
  }
  return static_cast<size_t>(page_size == 0 ? by_default : page_size);
}

absl::Status BadPageToken() {
  return MakeError(absl::StatusCode::kInvalidArgument, "BAD_PAGE_TOKEN",
                   "page_token is not a next_page_token of this list; start again without it");
}

}  // namespace edirae::rpc
