#ifndef EDIRAE_SERVICES_PROGRESS_ADAPTERS_SHA256_H_
#define EDIRAE_SERVICES_PROGRESS_ADAPTERS_SHA256_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"

namespace edirae::progress {

inline constexpr size_t kSha256Bytes = 32;

// SHA-256 (FIPS 180-4) of one text behind the other, as bytes. Thread-safe.
std::string Sha256Of(absl::string_view first, absl::string_view second);

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_ADAPTERS_SHA256_H_
