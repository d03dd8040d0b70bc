#include "common/catalog_reads/paged_answer.h"

#include <xxhash.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"
#include "common/catalog_reads/errors.h"
#include "common/catalog_reads/limits.h"
#include "common/status/macros.h"
#include "common/wire/wire.h"

namespace edirae::catalog_reads {
namespace {

constexpr size_t kTokenSize = 32;
constexpr size_t kBytesAroundItems = 64;  // of a page: token and revision

uint64_t FingerprintOf(absl::string_view text) { return XXH64(text.data(), text.size(), 0); }

}  // namespace

PagedAnswer::PagedAnswer(absl::string_view name, int64_t catalog_revision)
    : name_(FingerprintOf(name)), catalog_revision_(catalog_revision) {}

void PagedAnswer::Add(absl::string_view id, const google::protobuf::MessageLite& item) {
  wire::AppendBytes(items_, kItemField, item.SerializeAsString());
  ends_.push_back(items_.size());
  ids_.push_back(FingerprintOf(id));
}

void PagedAnswer::Finish() {
  if (EndOf(0, limits::kDefaultPageSize) == ends_.size()) whole_ = Slice(0, ends_.size());
}

absl::string_view PagedAnswer::Item(size_t place) const {
  const size_t from = place == 0 ? 0 : ends_[place - 1];
  return absl::string_view(items_).substr(from, ends_[place] - from);
}

absl::StatusOr<rpc::Bytes> PagedAnswer::Page(int page_size, absl::string_view page_token) const {
  if (page_size < 0 || page_size > limits::kMaxPageSize) return PageSizeOutOfRange(limits::kMaxPageSize);
  const size_t count = page_size == 0 ? limits::kDefaultPageSize : page_size;
  EDIRAE_ASSIGN_OR_RETURN(const size_t start, StartOf(page_token));
  if (start == 0 && count >= ends_.size() && whole_ != nullptr) return whole_;
  return Slice(start, EndOf(start, count));
}

size_t PagedAnswer::EndOf(size_t start, size_t count) const {
  const size_t last = std::min(start + count, ends_.size());
  const size_t from = start == 0 ? 0 : ends_[start - 1];
  size_t end = std::min(start + 1, last);
  while (end < last && ends_[end] - from + kBytesAroundItems <= limits::kMaxPageBytes) ++end;
  return end;
}

// A token is the fingerprints of the list and of the item, both hexadecimal.
std::string PagedAnswer::TokenAfter(size_t place) const { return absl::StrFormat("%016x%016x", name_, ids_[place]); }

absl::StatusOr<size_t> PagedAnswer::StartOf(absl::string_view page_token) const {
  if (page_token.empty()) return size_t{0};
  uint64_t id = 0;
  if (page_token.size() != kTokenSize || !absl::SimpleHexAtoi(page_token.substr(kTokenSize / 2), &id)) {
    return PageTokenInvalid();
  }
  const auto last = std::find(ids_.begin(), ids_.end(), id);
  if (last == ids_.end()) return PageTokenInvalid();
  const auto place = static_cast<size_t>(last - ids_.begin());
  if (page_token != TokenAfter(place)) return PageTokenInvalid();
  return place + 1;
}

rpc::Bytes PagedAnswer::Slice(size_t start, size_t end) const {
  const size_t from = start == 0 ? 0 : ends_[start - 1];
  const size_t to = end == 0 ? 0 : ends_[end - 1];
  std::string page = items_.substr(from, to - from);
  if (end < ends_.size()) wire::AppendBytes(page, kListTokenField, TokenAfter(end - 1));
  wire::AppendVarint(page, kListRevisionField, static_cast<uint64_t>(catalog_revision_));
  return std::make_shared<const std::string>(std::move(page));
}

}  // namespace edirae::catalog_reads
