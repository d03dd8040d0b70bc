#ifndef EDIRAE_SERVICES_CATALOG_ADAPTERS_GZIP_H_
#define EDIRAE_SERVICES_CATALOG_ADAPTERS_GZIP_H_

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace edirae::catalog {

// `bytes` in the gzip format (RFC 1952).
std::string Compress(absl::string_view bytes);

// The inverse, for exactly `size` bytes. DATA_LOSS when that is not what comes out; never takes more memory than that.
absl::StatusOr<std::string> Decompress(absl::string_view gzip, size_t size);

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_ADAPTERS_GZIP_H_
