#ifndef EDIRAE_GATEWAY_CATALOG_PAGED_ANSWER_H_
#define EDIRAE_GATEWAY_CATALOG_PAGED_ANSWER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/rpc/call.h"
#include "google/protobuf/message_lite.h"

namespace edirae::gateway {

// Field numbers of a list response.
struct PageFields {
  int items;
  int next_page_token;
  int catalog_revision;
};

// The answers of one list, serialized once: the items lie one behind the other as fields of the response, so that a
// page is a slice of them, and the list that fits the default page is ready as a whole. Filled by one thread, then
// immutable.
class PagedAnswer {
 public:
  PagedAnswer(PageFields fields, int64_t catalog_revision);

  void Add(const google::protobuf::MessageLite& item);
  // Call it once, after the last item.
  void Finish();

  // One page. INVALID_ARGUMENT with reason PAGE_SIZE_OUT_OF_RANGE, or PAGE_TOKEN_INVALID for a token of another list or
  // another revision.
  absl::StatusOr<rpc::Bytes> Page(int page_size, absl::string_view page_token) const;

  size_t size() const { return ends_.size(); }

 private:
  absl::StatusOr<size_t> StartOf(absl::string_view page_token) const;
  // Where the page that begins with item `start` ends, past its last item.
  size_t EndOf(size_t start, size_t count) const;
  std::string TokenFor(size_t start) const;
  rpc::Bytes Slice(size_t start, size_t end) const;

  const PageFields fields_;
  const int64_t catalog_revision_;
  std::string items_;
  std::vector<size_t> ends_;  // where each item ends in `items_`
  uint64_t fingerprint_ = 0;  // of the items; ties a page token to this list
  rpc::Bytes whole_;
};

}  // namespace edirae::gateway

#endif  // EDIRAE_GATEWAY_CATALOG_PAGED_ANSWER_H_
