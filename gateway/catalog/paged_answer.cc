#include "gateway/catalog/paged_answer.h"

#include <xxhash.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"
#include "common/status/macros.h"
#include "gateway/errors.h"
#include "gateway/limits.h"
#include "gateway/wire/wire.h"

namespace edirae::gateway {
namespace {

constexpr size_t kFingerprintDigits = 16;

}  // namespace

PagedAnswer::PagedAnswer(PageFields fields, int64_t catalog_revision)
    : fields_(fields), catalog_revision_(catalog_revision) {}

void PagedAnswer::Add(const google::protobuf::MessageLite& item) {
  wire::AppendBytes(items_, fields_.items, item.SerializeAsString());
  ends_.push_back(items_.size());
}

void PagedAnswer::Finish() {
  fingerprint_ = XXH64(items_.data(), items_.size(), static_cast<uint64_t>(catalog_revision_));
  if (EndOf(0, limits::kDefaultPageSize) == ends_.size()) whole_ = Slice(0, ends_.size());
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
  while (end < last && ends_[end] - from <= limits::kMaxPageBytes) ++end;
  return end;
}

// A token is the list's fingerprint and the number of the first item, both hexadecimal.
std::string PagedAnswer::TokenFor(size_t start) const { return absl::StrFormat("%016x%x", fingerprint_, start); }

absl::StatusOr<size_t> PagedAnswer::StartOf(absl::string_view page_token) const {
  if (page_token.empty()) return size_t{0};
  if (page_token.size() <= kFingerprintDigits) return PageTokenInvalid();
  uint64_t start = 0;
  if (!absl::SimpleHexAtoi(page_token.substr(kFingerprintDigits), &start) || start == 0 || start >= ends_.size() ||
      page_token != TokenFor(start)) {
    return PageTokenInvalid();
  }
  return start;
}

rpc::Bytes PagedAnswer::Slice(size_t start, size_t end) const {
  const size_t from = start == 0 ? 0 : ends_[start - 1];
  const size_t to = end == 0 ? 0 : ends_[end - 1];
  std::string page = items_.substr(from, to - from);
  if (end < ends_.size()) wire::AppendBytes(page, fields_.next_page_token, TokenFor(end));
  wire::AppendVarint(page, fields_.catalog_revision, static_cast<uint64_t>(catalog_revision_));
  return std::make_shared<const std::string>(std::move(page));
}

}  // namespace edirae::gateway
