#include "common/catalog_reads/paged_answer.h"

#include <memory>
#include <utility>

#include "common/status/macros.h"
#include "common/wire/wire.h"

namespace edirae::catalog_reads {

PagedAnswer::PagedAnswer(std::string name, int64_t catalog_revision)
    : name_(std::move(name)), catalog_revision_(catalog_revision) {}

void PagedAnswer::Add(absl::string_view id, const google::protobuf::MessageLite& item) {
  wire::AppendBytes(items_, kItemField, item.SerializeAsString());
  ends_.push_back(items_.size());
  ids_.emplace_back(id);
}

void PagedAnswer::Finish() {
  const absl::StatusOr<rpc::Page> first = Find(0, "");
  if (first.ok() && first->end == size()) whole_ = Serialize(*first);
}

absl::string_view PagedAnswer::Item(size_t place) const {
  return absl::string_view(items_).substr(StartOf(place), ends_[place] - StartOf(place));
}

absl::StatusOr<rpc::Bytes> PagedAnswer::Page(int page_size, absl::string_view page_token) const {
  EDIRAE_ASSIGN_OR_RETURN(const rpc::Page page, Find(page_size, page_token));
  if (page.first == 0 && page.end == size() && whole_ != nullptr) return whole_;
  return Serialize(page);
}

absl::StatusOr<rpc::Page> PagedAnswer::Find(int page_size, absl::string_view page_token) const {
  const auto id_of = [this](size_t item) { return absl::string_view(ids_[item]); };
  const auto bytes_of = [this](size_t item) { return ends_[item] - StartOf(item); };
  return rpc::FindPage({.name = name_, .size = size(), .id_of = id_of, .bytes_of = bytes_of}, page_size, page_token);
}

rpc::Bytes PagedAnswer::Serialize(const rpc::Page& page) const {
  std::string bytes = items_.substr(StartOf(page.first), StartOf(page.end) - StartOf(page.first));
  if (!page.next_page_token.empty()) wire::AppendBytes(bytes, kListTokenField, page.next_page_token);
  wire::AppendVarint(bytes, kListRevisionField, static_cast<uint64_t>(catalog_revision_));
  return std::make_shared<const std::string>(std::move(bytes));
}

}  // namespace edirae::catalog_reads
