#ifndef EDIRAE_COMMON_CATALOG_READS_MASKED_ANSWERS_H_
#define EDIRAE_COMMON_CATALOG_READS_MASKED_ANSWERS_H_

#include <cstddef>
#include <map>
#include <mutex>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "common/rpc/call.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/field_mask.pb.h"
#include "google/protobuf/message.h"

namespace edirae::catalog_reads {

// The fields of a message that a reader wants. Paths lead through single and repeated messages alike, as in
// `stages.concepts.title`.
class ReadMask {
 public:
  // INVALID_ARGUMENT with reason READ_MASK_INVALID and the path, for one that `message` does not have, or that is
  // longer than the limits.
  static absl::StatusOr<ReadMask> Parse(const google::protobuf::FieldMask& mask,
                                        const google::protobuf::Descriptor& message);

  // Clears every other field of `message`.
  void Trim(google::protobuf::Message& message) const;

  // The same for masks that want the same.
  std::string Canonical() const;

 private:
  bool whole_ = false;  // all below; then `fields_` is empty
  std::map<std::string, ReadMask> fields_;
};

// Answers cut down to what masks want, kept for whoever asks for the same again, up to the limits; past them all are
// let go. Thread-safe.
class MaskedAnswers {
 public:
  // `whole` is a serialized message of the type of `response`; its items (kItemField) are trimmed. `key` names the
  // answer. INTERNAL when `whole` is no such message.
  absl::StatusOr<rpc::Bytes> Get(const std::string& key, const ReadMask& mask, const rpc::Bytes& whole,
                                 const google::protobuf::Message& response) const;

 private:
  mutable std::mutex mutex_;
  mutable absl::flat_hash_map<std::string, rpc::Bytes> answers_ ABSL_GUARDED_BY(mutex_);
  mutable size_t bytes_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace edirae::catalog_reads

#endif  // EDIRAE_COMMON_CATALOG_READS_MASKED_ANSWERS_H_
