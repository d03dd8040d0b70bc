#include "common/catalog_reads/paged_answer.h"

#include <memory>
#include <utility>

#include "common/status/macros.h"
#include "common/wire/wire.h"

namespace edirae::catalog_reads {
namespace {

size_t StartOf(const std::vector<size_t>& ends, size_t item) { return item == 0 ? 0 : ends[item - 1]; }

}  // namespace

PagedAnswer::PagedAnswer(std::string name, int64_t catalog_revision)
    : name_(std::move(name)), catalog_revision_(catalog_revision) {}

const PagedAnswer::Serialized& PagedAnswer::Get() const {
  absl::call_once(once_, [this] {
    for (const ListedItem& item : items_) {
      wire::AppendBytes(serialized_.items, kItemField, item.message->SerializeAsString());
      serialized_.ends.push_back(serialized_.items.size());
    }
    const absl::StatusOr<rpc::Page> first = Find(serialized_, 0, "");
    if (first.ok() && first->end == size()) serialized_.whole = Serialize(serialized_, *first);
  });
  return serialized_;
}

absl::string_view PagedAnswer::Item(size_t place) const {
  const Serialized& all = Get();
  return absl::string_view(all.items).substr(StartOf(all.ends, place), all.ends[place] - StartOf(all.ends, place));
}

absl::StatusOr<rpc::Bytes> PagedAnswer::Page(int page_size, absl::string_view page_token) const {
  const Serialized& all = Get();
  EDIRAE_ASSIGN_OR_RETURN(const rpc::Page page, Find(all, page_size, page_token));
  if (page.first == 0 && page.end == size() && all.whole != nullptr) return all.whole;
  return Serialize(all, page);
}

absl::StatusOr<rpc::Page> PagedAnswer::Find(const Serialized& all, int page_size, absl::string_view page_token) const {
  const auto id_of = [this](size_t item) { return items_[item].id; };
  const auto bytes_of = [&](size_t item) { return all.ends[item] - StartOf(all.ends, item); };
  return rpc::FindPage({.name = name_, .size = size(), .id_of = id_of, .bytes_of = bytes_of}, page_size, page_token);
}

rpc::Bytes PagedAnswer::Serialize(const Serialized& all, const rpc::Page& page) const {
  const size_t begin = StartOf(all.ends, page.first);
  std::string bytes = all.items.substr(begin, StartOf(all.ends, page.end) - begin);
  if (!page.next_page_token.empty()) wire::AppendBytes(bytes, kListTokenField, page.next_page_token);
  wire::AppendVarint(bytes, kListRevisionField, static_cast<uint64_t>(catalog_revision_));
  return std::make_shared<const std::string>(std::move(bytes));
}

}  // namespace edirae::catalog_reads
