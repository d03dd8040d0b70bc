#ifndef EDIRAE_COMMON_ARCHIVE_TAR_GZ_H_
#define EDIRAE_COMMON_ARCHIVE_TAR_GZ_H_

#include <span>
#include <string>

#include "absl/time/time.h"

// Archives that every tar opens, made part by part without anything to remember in between. Thread-safe.
namespace edirae::archive {

struct File {
  std::string name;  // at most 100 bytes, slashes between folders
  std::string content;
};

// A piece of a .tar.gz file: pieces put together in order, the last one with `end`, are the file. For that, each is a
// gzip member of its own (RFC 1952, section 2.2) with whole tar entries (POSIX.1-1988 ustar); `time` is that of its
// files.
std::string TarGzPiece(std::span<const File> files, absl::Time time, bool end);

}  // namespace edirae::archive

#endif  // EDIRAE_COMMON_ARCHIVE_TAR_GZ_H_
