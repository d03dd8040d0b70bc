#ifndef EDIRAE_COMMON_CATALOG_READS_PAGED_ANSWER_H_
#define EDIRAE_COMMON_CATALOG_READS_PAGED_ANSWER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/rpc/call.h"
#include "common/rpc/page.h"
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
  // `name` tells the list from all others, in every revision of the catalog: see rpc::PagedList.
  PagedAnswer(std::string name, int64_t catalog_revision);

  // Ids are different.
  void Add(absl::string_view id, const google::protobuf::MessageLite& item);
  // Call it once, after the last item.
  void Finish();

  // One page; errors as rpc::FindPage.
  absl::StatusOr<rpc::Bytes> Page(int page_size, absl::string_view page_token) const;

  // The item at `place` as a serialized field of a response.
  absl::string_view Item(size_t place) const;
  size_t size() const { return ends_.size(); }

 private:
  absl::StatusOr<rpc::Page> Find(int page_size, absl::string_view page_token) const;
  size_t StartOf(size_t item) const { return item == 0 ? 0 : ends_[item - 1]; }
  rpc::Bytes Serialize(const rpc::Page& page) const;

  const std::string name_;
  const int64_t catalog_revision_;
  std::vector<std::string> ids_;
  std::string items_;
  std::vector<size_t> ends_;  // where each item ends in `items_`
  rpc::Bytes whole_;
};

}  // namespace edirae::catalog_reads

#endif  // EDIRAE_COMMON_CATALOG_READS_PAGED_ANSWER_H_
