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
  int64_t event_files;
  int64_t after_seq;
  int64_t end_seq;
  int64_t act_files;
  int64_t act_count;
  int64_t after_act;
  int64_t end_act;
  char digest[32];
};

// Whether a token of ours can say so: something was made, something is missing, and no count is more than there can be.
bool IsPossible(const ExportContent& content) {
  const bool in_history = content.after_seq >= 1 && content.after_seq <= content.end_seq;
  const bool in_acts = content.after_act >= 0 && content.after_act <= content.end_act;
  const bool unfinished = content.after_seq < content.end_seq || content.after_act < content.end_act;
  const bool counted = content.event_files >= 1 && content.event_files <= content.after_seq && content.act_files >= 0 &&
                       content.act_files <= content.after_act && content.act_count >= 0 &&
                       content.act_count <= content.after_act;
  return in_history && in_acts && unfinished && counted;
}

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
  ExportContent content{.event_files = place.event_files,
                        .after_seq = place.after_seq,
                        .end_seq = place.end_seq,
                        .act_files = place.act_files,
                        .act_count = place.act_count,
                        .after_act = place.after_act,
                        .end_act = place.end_act,
                        .digest = {}};
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
  if (!IsPossible(content)) return rpc::BadPageToken();
  return ExportPlace{.event_files = content.event_files,
                     .after_seq = content.after_seq,
                     .end_seq = content.end_seq,
                     .act_files = content.act_files,
                     .act_count = content.act_count,
                     .after_act = content.after_act,
                     .end_act = content.end_act,
                     .digest = std::string(content.digest, sizeof(content.digest)),
                     .pseudonym = bytes.substr(sizeof(content))};
}

}  // namespace edirae::progress
