#include "common/archive/tar_gz.h"

#include <zlib.h>

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"

namespace edirae::archive {
namespace {

constexpr size_t kBlock = 512;
constexpr int kGzip = 15 + 16;  // zlib's largest window, in gzip's format
constexpr int kMemory = 8;      // zlib's default

// The fields of a ustar header, in their order.
struct Header {
  char name[100];
  char mode[8];
  char owner[8];
  char group[8];
  char size[12];
  char time[12];
  char checksum[8];
  char type;
  char link[100];
  char magic[6];
  char version[2];
  char rest[247];
};
static_assert(sizeof(Header) == kBlock);

// Octal digits that fill a field but for its last byte.
template <size_t N>
void Put(char (&field)[N], uint64_t value) {
  const std::string digits = absl::StrFormat("%0*o", static_cast<int>(N - 1), value);
  std::memcpy(field, digits.data(), N - 1);
}

void AddEntry(const File& file, absl::Time time, std::string& tar) {
  Header header = {};
  std::memcpy(header.name, file.name.data(), std::min(file.name.size(), sizeof(header.name)));
  Put(header.mode, 0644);
  Put(header.owner, 0);
  Put(header.group, 0);
  Put(header.size, file.content.size());
  Put(header.time, static_cast<uint64_t>(absl::ToUnixSeconds(time)));
  header.type = '0';
  std::memcpy(header.magic, "ustar", 6);
  std::memcpy(header.version, "00", 2);
  std::memset(header.checksum, ' ', sizeof(header.checksum));  // as which it counts itself
  uint64_t sum = 0;
  const auto* bytes = reinterpret_cast<const unsigned char*>(&header);
  for (size_t i = 0; i < kBlock; ++i) sum += bytes[i];
  const std::string digits = absl::StrFormat("%06o", sum);
  std::memcpy(header.checksum, digits.data(), digits.size());
  header.checksum[6] = '\0';
  tar.append(reinterpret_cast<const char*>(&header), kBlock);
  tar.append(file.content);
  tar.resize((tar.size() + kBlock - 1) / kBlock * kBlock, '\0');
}

}  // namespace

std::string TarGzPiece(std::span<const File> files, absl::Time time, bool end) {
  std::string tar;
  for (const File& file : files) AddEntry(file, time, tar);
  if (end) tar.append(2 * kBlock, '\0');
  z_stream stream = {};
  deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kGzip, kMemory, Z_DEFAULT_STRATEGY);
  std::string piece(deflateBound(&stream, tar.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(tar.data());
  stream.avail_in = static_cast<uInt>(tar.size());
  stream.next_out = reinterpret_cast<Bytef*>(piece.data());
  stream.avail_out = static_cast<uInt>(piece.size());
  deflate(&stream, Z_FINISH);  // ends at once: there is room for the worst case
  piece.resize(stream.total_out);
  deflateEnd(&stream);
  return piece;
}

}  // namespace edirae::archive
