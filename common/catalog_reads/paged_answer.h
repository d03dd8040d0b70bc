#ifndef EDIRAE_COMMON_CATALOG_READS_PAGED_ANSWER_H_
#define EDIRAE_COMMON_CATALOG_READS_PAGED_ANSWER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/base/call_once.h"
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

// The answers of one list, serialized once, when the first is asked for: the items lie one behind the other as fields
// of the response, so that a page is a slice of them, and the list that fits the default page is ready as a whole.
// Filled by one thread, then thread-safe.
class PagedAnswer {
 public:
  // `name` tells the list from all others, in every revision of the catalog: see rpc::PagedList.
  PagedAnswer(std::string name, int64_t catalog_revision);

  // Ids are different. Id and item must outlive the list.
  void Add(absl::string_view id, const google::protobuf::MessageLite& item) { items_.push_back({id, &item}); }

  // One page; errors as rpc::FindPage.
  absl::StatusOr<rpc::Bytes> Page(int page_size, absl::string_view page_token) const;

  // The item at `place` as a serialized field of a response.
  absl::string_view Item(size_t place) const;
  size_t size() const { return items_.size(); }

 private:
  struct ListedItem {
    absl::string_view id;
    const google::protobuf::MessageLite* message;
  };
  struct Serialized {
    std::string items;
    std::vector<size_t> ends;  // where each item ends in `items`
    rpc::Bytes whole;          // null when it does not fit the default page
  };

  const Serialized& Get() const;
  absl::StatusOr<rpc::Page> Find(const Serialized& all, int page_size, absl::string_view page_token) const;
  rpc::Bytes Serialize(const Serialized& all, const rpc::Page& page) const;

  const std::string name_;
  const int64_t catalog_revision_;
  std::vector<ListedItem> items_;
  mutable absl::once_flag once_;
  mutable Serialized serialized_;
};

}  // namespace edirae::catalog_reads

#endif  // EDIRAE_COMMON_CATALOG_READS_PAGED_ANSWER_H_
