#include "services/catalog/adapters/gzip.h"

#include <cstring>

#include "absl/status/status.h"
#include "google/protobuf/io/gzip_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"

namespace edirae::catalog {

namespace {

namespace io = google::protobuf::io;

// The fastest: of prose it leaves a third, where the default leaves a fourth and takes four times as long.
constexpr int kLevel = 1;

}  // namespace

std::string Compress(absl::string_view bytes) {
  std::string out;
  io::StringOutputStream sink(&out);
  io::GzipOutputStream::Options options;
  options.compression_level = kLevel;
  io::GzipOutputStream gzip(&sink, options);
  while (!bytes.empty()) {
    void* room = nullptr;
    int size = 0;
    if (!gzip.Next(&room, &size)) break;  // a string has always room
    const size_t taken = std::min(bytes.size(), static_cast<size_t>(size));
    std::memcpy(room, bytes.data(), taken);
    gzip.BackUp(size - static_cast<int>(taken));
    bytes.remove_prefix(taken);
  }
  gzip.Close();
  return out;
}

absl::StatusOr<std::string> Decompress(absl::string_view gzip, size_t size) {
  io::ArrayInputStream source(gzip.data(), static_cast<int>(gzip.size()));
  io::GzipInputStream stream(&source, io::GzipInputStream::GZIP);
  std::string out;
  out.reserve(size);
  const void* piece = nullptr;
  int piece_size = 0;
  while (stream.Next(&piece, &piece_size)) {
    if (out.size() + static_cast<size_t>(piece_size) > size) {
      return absl::DataLossError("compressed content is longer than was recorded");
    }
    out.append(static_cast<const char*>(piece), static_cast<size_t>(piece_size));
  }
  if (out.size() != size) return absl::DataLossError("compressed content is damaged");
  return out;
}

}  // namespace edirae::catalog
