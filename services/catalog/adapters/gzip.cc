#include "services/catalog/adapters/gzip.h"

#include <libdeflate.h>

#include <memory>

#include "absl/status/status.h"

namespace edirae::catalog {
namespace {

// The fastest: of prose it leaves a third, where the default leaves a fourth and takes four times as long.
constexpr int kLevel = 1;

struct FreeCompressor {
  void operator()(libdeflate_compressor* compressor) const { libdeflate_free_compressor(compressor); }
};
struct FreeDecompressor {
  void operator()(libdeflate_decompressor* decompressor) const { libdeflate_free_decompressor(decompressor); }
};

}  // namespace

std::string Compress(absl::string_view bytes) {
  const std::unique_ptr<libdeflate_compressor, FreeCompressor> compressor(libdeflate_alloc_compressor(kLevel));
  std::string out(libdeflate_gzip_compress_bound(compressor.get(), bytes.size()), '\0');
  out.resize(libdeflate_gzip_compress(compressor.get(), bytes.data(), bytes.size(), out.data(), out.size()));
  return out;
}

absl::StatusOr<std::string> Decompress(absl::string_view gzip, size_t size) {
  const std::unique_ptr<libdeflate_decompressor, FreeDecompressor> decompressor(libdeflate_alloc_decompressor());
  std::string out(size, '\0');
  // Without a place for the size that comes out, another one than `size` is an error.
  switch (libdeflate_gzip_decompress(decompressor.get(), gzip.data(), gzip.size(), out.data(), out.size(), nullptr)) {
    case LIBDEFLATE_SUCCESS:
      return out;
    case LIBDEFLATE_INSUFFICIENT_SPACE:
      return absl::DataLossError("compressed content is longer than was recorded");
    default:
      return absl::DataLossError("compressed content is damaged");
  }
}

}  // namespace edirae::catalog
