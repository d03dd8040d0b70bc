#ifndef EDIRAE_COMMON_CATALOG_READS_PAGED_ANSWER_H_
#define EDIRAE_COMMON_CATALOG_READS_PAGED_ANSWER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/rpc/call.h"
#include "google/protobuf/message_lite.h"

namespace edirae::catalog_reads {

// Field numbers that all responses of reading methods have in common; read_methods_test.cc checks that.
inline constexpr int kItemField = 1;  // what was got, or what is listed
inline constexpr int kGetRevisionField = 2;
inline constexpr int kListTokenField = 2;
inline constexpr int kListRevisionField = 3;
inline constexpr int kNotModifiedField = 15;

// The answers of one list, serialized once: the items lie one behind the other as fields of the response, so that a
// page is a slice of them, and the list that fits the default page is ready as a whole. Filled by one thread, then
// immutable.
class PagedAnswer {
 public:
  // `name` tells lists apart, e.g. "questions/gradient-descent".
  PagedAnswer(absl::string_view name, int64_t catalog_revision);

  // Ids are different.
  void Add(absl::string_view id, const google::protobuf::MessageLite& item);
  // Call it once, after the last item.
  void Finish();

  // One page. A token names the last item of the page before, so that it goes on working when a new revision adds or
  // moves items. INVALID_ARGUMENT with reason PAGE_SIZE_OUT_OF_RANGE, or PAGE_TOKEN_INVALID for a token of another list
  // and when that item is gone.
  absl::StatusOr<rpc::Bytes> Page(int page_size, absl::string_view page_token) const;

  // The item at `place` as a serialized field of a response.
  absl::string_view Item(size_t place) const;
  size_t size() const { return ends_.size(); }

 private:
  absl::StatusOr<size_t> StartOf(absl::string_view page_token) const;
  // Where the page that begins with item `start` ends, past its last item.
  size_t EndOf(size_t start, size_t count) const;
  std::string TokenAfter(size_t place) const;
  rpc::Bytes Slice(size_t start, size_t end) const;

  const uint64_t name_;  // fingerprint
  const int64_t catalog_revision_;
  std::string items_;
  std::vector<size_t> ends_;   // where each item ends in `items_`
  std::vector<uint64_t> ids_;  // fingerprints
  rpc::Bytes whole_;
};

}  // namespace edirae::catalog_reads

#endif  // EDIRAE_COMMON_CATALOG_READS_PAGED_ANSWER_H_
