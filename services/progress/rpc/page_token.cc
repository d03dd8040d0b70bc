#include "services/progress/rpc/page_token.h"

#include <cstring>

#include "absl/strings/escaping.h"
#include "common/rpc/page.h"
#include "services/progress/domain/key.h"

namespace edirae::progress {
namespace {

struct Content {
  uint64_t learner;
  int64_t seq;
};

}  // namespace

std::string MakePageToken(const std::string& learner_id, int64_t seq) {
  const Content content{KeyOf(learner_id), seq};
  std::string bytes(sizeof(content), '\0');
  std::memcpy(bytes.data(), &content, sizeof(content));
  return absl::WebSafeBase64Escape(bytes);
}

absl::StatusOr<int64_t> ParsePageToken(const std::string& learner_id, const std::string& token) {
  std::string bytes;
  Content content;
  if (token.size() <= rpc::limits::kMaxPageTokenBytes && absl::WebSafeBase64Unescape(token, &bytes) &&
      bytes.size() == sizeof(content)) {
    std::memcpy(&content, bytes.data(), sizeof(content));
    if (content.learner == KeyOf(learner_id) && content.seq >= 0) return content.seq;
  }
  return rpc::BadPageToken();
}

}  // namespace edirae::progress
