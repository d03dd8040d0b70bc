#include "services/recommend/adapters/text_lines.h"

#include <zlib.h>

#include <cerrno>
#include <cstring>

#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"
#include "services/recommend/limits.h"

namespace edirae::recommend {
namespace {

constexpr size_t kBlockBytes = 256 * 1024;

}  // namespace

absl::StatusOr<std::unique_ptr<TextLines>> TextLines::Open(const std::string& path) {
  gzFile_s* const file = gzopen(path.c_str(), "rb");
  if (file == nullptr) return absl::NotFoundError(absl::StrCat(path, ": ", std::strerror(errno)));
  return absl::WrapUnique(new TextLines(path, file));
}

TextLines::~TextLines() { gzclose(file_); }

absl::StatusOr<bool> TextLines::Next(absl::string_view& line) {
  size_t searched = at_;
  size_t end = buffer_.find('\n', searched);
  while (end == std::string::npos && !ended_) {
    searched = buffer_.size() - at_;
    if (searched > limits::kMaxLineBytes) break;
    if (absl::Status filled = Fill(); !filled.ok()) return filled;
    end = buffer_.find('\n', searched);
  }
  if (end == std::string::npos) end = buffer_.size();
  if (at_ == buffer_.size()) return false;
  ++line_number_;
  if (end - at_ > limits::kMaxLineBytes)
    return Refuse(absl::StrCat("a line of more than ", limits::kMaxLineBytes, " bytes"));
  line = absl::string_view(buffer_).substr(at_, end - at_);
  at_ = end < buffer_.size() ? end + 1 : end;
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return true;
}

// Moves what was not given yet to the front of the buffer, and reads a block behind it.
absl::Status TextLines::Fill() {
  buffer_.erase(0, at_);
  at_ = 0;
  const size_t held = buffer_.size();
  buffer_.resize(held + kBlockBytes);
  const int read = gzread(file_, buffer_.data() + held, kBlockBytes);
  buffer_.resize(held + static_cast<size_t>(read > 0 ? read : 0));
  if (read > 0) return absl::OkStatus();
  ended_ = true;
  int code = Z_OK;
  const char* const message = gzerror(file_, &code);
  if (read == 0 && code == Z_OK) return absl::OkStatus();
  if (code == Z_ERRNO) return absl::DataLossError(absl::StrCat(path_, ": ", std::strerror(errno)));
  return absl::DataLossError(message);  // which names the file
}

absl::Status TextLines::Refuse(absl::string_view why) const {
  return absl::InvalidArgumentError(absl::StrCat(path_, ":", line_number_, ": ", why));
}

}  // namespace edirae::recommend
