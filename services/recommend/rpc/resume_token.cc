#include "services/recommend/rpc/resume_token.h"

#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/recommend/errors.h"

namespace edirae::recommend {
namespace {

constexpr char kVersion[] = "1";

}  // namespace

std::string ResumeToken::ToString() const { return absl::StrCat(kVersion, "-", as_of_seq, "-", catalog_revision); }

absl::StatusOr<ResumeToken> ResumeToken::Parse(const std::string& text) {
  ResumeToken token;
  if (text.empty()) return token;
  const std::vector<std::string> parts = absl::StrSplit(text, '-');
  if (parts.size() != 3 || parts[0] != kVersion || !absl::SimpleAtoi(parts[1], &token.as_of_seq) ||
      !absl::SimpleAtoi(parts[2], &token.catalog_revision) || token.ToString() != text) {
    return BadResumeToken();
  }
  return token;
}

}  // namespace edirae::recommend
