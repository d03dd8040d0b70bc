#include "common/catalog_feed/assembled_revision.h"

#include <utility>

namespace edirae::catalog_feed {

using google::protobuf::Message;

AssembledRevision::AssembledRevision(SharedLists shared) : elements(std::move(shared)) {
  const google::protobuf::Reflection& reflection = *content.GetReflection();
  for (size_t list = 0; list < elements.size(); ++list) {
    for (const SharedElement& element : elements[list]) {
      if (element.message == nullptr) continue;
      // Nobody changes it through `content`, which is handed out as const only.
      reflection.UnsafeArenaAddAllocatedMessage(&content, ContentLists()[list],
                                                const_cast<Message*>(element.message.get()));
    }
  }
}

AssembledRevision::~AssembledRevision() {
  const google::protobuf::Reflection& reflection = *content.GetReflection();
  for (const auto* list : ContentLists()) {
    for (int left = reflection.FieldSize(content, list); left > 0; --left) {
      [[maybe_unused]] const Message* lent = reflection.UnsafeArenaReleaseLast(&content, list);
    }
  }
}

ElementDigests AssembledRevision::Digests() const {
  ElementDigests digests(elements.size());
  for (size_t list = 0; list < elements.size(); ++list) {
    digests[list].reserve(elements[list].size());
    for (const SharedElement& element : elements[list]) digests[list].push_back(element.digest);
  }
  return digests;
}

}  // namespace edirae::catalog_feed
