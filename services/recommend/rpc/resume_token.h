#ifndef EDIRAE_SERVICES_RECOMMEND_RPC_RESUME_TOKEN_H_
#define EDIRAE_SERVICES_RECOMMEND_RPC_RESUME_TOKEN_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"

namespace edirae::recommend {

// What a watcher has seen. Opaque to callers.
struct ResumeToken {
  int64_t as_of_seq = -1;  // -1: nothing
  int64_t catalog_revision = 0;

  std::string ToString() const;
  // INVALID_ARGUMENT unless `text` is empty or came from ToString.
  static absl::StatusOr<ResumeToken> Parse(const std::string& text);

  friend bool operator==(const ResumeToken&, const ResumeToken&) = default;
};

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_RPC_RESUME_TOKEN_H_
