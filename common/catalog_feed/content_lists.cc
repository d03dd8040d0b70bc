#include "common/catalog_feed/content_lists.h"

#include <xxhash.h>

#include <algorithm>

#include "common/catalog_feed/digest.h"
#include "edirae/catalog/v1/revision_service.pb.h"

namespace edirae::catalog_feed {
namespace {

using google::protobuf::FieldDescriptor;

void AppendLittleEndian(std::string& out, uint64_t number) {
  for (int shift = 0; shift < 64; shift += 8) out.push_back(static_cast<char>(number >> shift));
}

std::vector<const FieldDescriptor*> FindLists() {
  const google::protobuf::Descriptor& content = *catalog::v1::RevisionContent::descriptor();
  std::vector<const FieldDescriptor*> lists;
  for (int i = 0; i < content.field_count(); ++i) lists.push_back(content.field(i));
  std::sort(lists.begin(), lists.end(),
            [](const FieldDescriptor* a, const FieldDescriptor* b) { return a->number() < b->number(); });
  return lists;
}

}  // namespace

const std::vector<const FieldDescriptor*>& ContentLists() {
  static const auto* const lists = new std::vector<const FieldDescriptor*>(FindLists());
  return *lists;
}

std::optional<size_t> PlaceOfList(int field_number) {
  const auto& lists = ContentLists();
  for (size_t i = 0; i < lists.size(); ++i) {
    if (lists[i]->number() == field_number) return i;
  }
  return std::nullopt;
}

uint64_t DigestOfElement(absl::string_view serialized) { return XXH64(serialized.data(), serialized.size(), 0); }

std::string DigestOfElements(const ElementDigests& digests) {
  std::string bytes;
  for (size_t i = 0; i < digests.size(); ++i) {
    if (digests[i].empty()) continue;
    AppendLittleEndian(bytes, static_cast<uint64_t>(ContentLists()[i]->number()));
    AppendLittleEndian(bytes, digests[i].size());
    for (const uint64_t digest : digests[i]) AppendLittleEndian(bytes, digest);
  }
  return DigestOfBytes(bytes);
}

}  // namespace edirae::catalog_feed
