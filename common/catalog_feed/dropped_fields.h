#ifndef EDIRAE_COMMON_CATALOG_FEED_DROPPED_FIELDS_H_
#define EDIRAE_COMMON_CATALOG_FEED_DROPPED_FIELDS_H_

#include <initializer_list>
#include <map>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace edirae::catalog_feed {

// Fields of a revision's content that a service never looks at: they are stepped over instead of parsed and kept, which
// saves it time and memory, and secrets. Immutable and thread-safe.
class DroppedFields {
 public:
  // None.
  DroppedFields() = default;
  // Those that paths name: names of fields, joined by points, from `RevisionContent` down through lists and single
  // messages, e.g. "questions.key.hints". Aborts when there is no such field.
  DroppedFields(std::initializer_list<absl::string_view> paths);

  // What is dropped inside the field with this number; null when nothing is.
  const DroppedFields* Find(int field_number) const;
  // Whether all of the field is dropped, of what `Find` has found.
  bool all() const { return fields_.empty(); }

  // Appends to `out` what remains of a serialized message. INTERNAL when the bytes are no message.
  absl::Status Cut(absl::string_view message, std::string& out) const;

 private:
  std::map<int, DroppedFields> fields_;
};

}  // namespace edirae::catalog_feed

#endif  // EDIRAE_COMMON_CATALOG_FEED_DROPPED_FIELDS_H_
