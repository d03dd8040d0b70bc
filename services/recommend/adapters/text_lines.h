#ifndef EDIRAE_SERVICES_RECOMMEND_ADAPTERS_TEXT_LINES_H_
#define EDIRAE_SERVICES_RECOMMEND_ADAPTERS_TEXT_LINES_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

struct gzFile_s;  // NOLINT(readability-identifier-naming): zlib's

namespace edirae::recommend {

// The lines of a text file that may be compressed by gzip. Not thread-safe.
class TextLines {
 public:
  // NOT_FOUND when there is no such file or it may not be read.
  static absl::StatusOr<std::unique_ptr<TextLines>> Open(const std::string& path);
  ~TextLines();

  TextLines(const TextLines&) = delete;
  TextLines& operator=(const TextLines&) = delete;

  // The next line without its end, valid until the next call; false after the last one. INVALID_ARGUMENT for a line of
  // more than limits::kMaxLineBytes, DATA_LOSS when reading fails, as of a gzip file that ends early.
  absl::StatusOr<bool> Next(absl::string_view& line);

  // INVALID_ARGUMENT "FILE:LINE: why", of the newest line.
  absl::Status Refuse(absl::string_view why) const;

  int64_t line_number() const { return line_number_; }

 private:
  TextLines(std::string path, gzFile_s* file) : path_(std::move(path)), file_(file) {}
  absl::Status Fill();

  const std::string path_;
  gzFile_s* const file_;
  std::string buffer_;
  size_t at_ = 0;  // in buffer_, of what was not given yet
  bool ended_ = false;
  int64_t line_number_ = 0;
};

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_ADAPTERS_TEXT_LINES_H_
