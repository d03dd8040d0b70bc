#include "common/catalog_feed/digest.h"

#include <xxhash.h>

#include "absl/strings/str_cat.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"

namespace edirae {

std::string DeterministicBytes(const catalog::v1::RevisionContent& content) {
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  {
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    content.SerializeToCodedStream(&coded);
  }
  return bytes;
}

std::string DigestOfBytes(absl::string_view bytes) {
  return absl::StrCat(absl::Hex(XXH64(bytes.data(), bytes.size(), 0), absl::kZeroPad16));
}

std::string DigestOf(const catalog::v1::RevisionContent& content) { return DigestOfBytes(DeterministicBytes(content)); }

}  // namespace edirae
