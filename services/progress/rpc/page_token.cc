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

// Then follows the pseudonym.
struct ExportContent {
  int64_t part;
  int64_t after_seq;
  int64_t end_seq;
  char digest[32];
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

std::string MakeExportToken(const ExportPlace& place) {
  ExportContent content{.part = place.part, .after_seq = place.after_seq, .end_seq = place.end_seq, .digest = {}};
  std::memcpy(content.digest, place.digest.data(), sizeof(content.digest));
  std::string bytes(sizeof(content), '\0');
  std::memcpy(bytes.data(), &content, sizeof(content));
  return absl::WebSafeBase64Escape(bytes + place.pseudonym);
}

absl::StatusOr<ExportPlace> ParseExportToken(const std::string& token) {
  std::string bytes;
  ExportContent content;
  if (token.size() > rpc::limits::kMaxPageTokenBytes || !absl::WebSafeBase64Unescape(token, &bytes) ||
      bytes.size() < sizeof(content)) {
    return rpc::BadPageToken();
  }
  std::memcpy(&content, bytes.data(), sizeof(content));
  if (content.part < 1 || content.after_seq < 1 || content.end_seq <= content.after_seq) return rpc::BadPageToken();
  return ExportPlace{.part = content.part,
                     .after_seq = content.after_seq,
                     .end_seq = content.end_seq,
                     .digest = std::string(content.digest, sizeof(content.digest)),
                     .pseudonym = bytes.substr(sizeof(content))};
}

}  // namespace edirae::progress
