#ifndef EDIRAE_COMMON_RPC_PAGE_H_
#define EDIRAE_COMMON_RPC_PAGE_H_

#include <cstddef>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/rpc/limits.h"

// How lists are paged: sizes, tokens, the bytes of a page, and the errors that belong to them.
namespace edirae::rpc {

// A list as paging sees it, valid during the call.
struct PagedList {
  absl::string_view name;  // tells it from all others, e.g. "ListQuestions/bayes"; a token is good for this list only
  size_t size;
  absl::FunctionRef<absl::string_view(size_t)> id_of;  // of an item; unique in the list
  absl::FunctionRef<size_t(size_t)> bytes_of;          // of an item as a field of the response
};

// The items from `first` up to, not including, `end`.
struct Page {
  size_t first;
  size_t end;
  std::string next_page_token;  // empty after the last
};

// The page that a request asks for: as many items as it wants and as fit into kMaxPageBytes, but at least one when
// there is one. A token names the last item of the page before, not its place, so it outlives changes of the list.
// INVALID_ARGUMENT with reason BAD_PAGE_SIZE, BAD_PAGE_TOKEN (not one of this list) or STALE_PAGE_TOKEN (the item that
// it names has gone).
absl::StatusOr<Page> FindPage(const PagedList& list, int page_size, absl::string_view page_token);

// How many items a request wants; 0 means `by_default`. INVALID_ARGUMENT with reason BAD_PAGE_SIZE outside 0 to `most`.
absl::StatusOr<size_t> PageSize(int page_size, int by_default = limits::kDefaultPageSize,
                                int most = limits::kMaxPageSize);

// INVALID_ARGUMENT with reason BAD_PAGE_TOKEN.
absl::Status BadPageToken();

}  // namespace edirae::rpc

#endif  // EDIRAE_COMMON_RPC_PAGE_H_
