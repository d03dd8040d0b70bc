#include "services/recommend/adapters/recorded_responses.h"

#include <array>
#include <cstdint>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/recommend/adapters/text_lines.h"
#include "services/recommend/domain/learner_state.h"
#include "services/recommend/limits.h"

namespace edirae::recommend {
namespace {

constexpr absl::string_view kHeader = "user_id\titem_id\tskill_ids\ttimestamp_seconds\tcorrect\tsplit";
enum Column { kUser, kItem, kSkills, kTimestamp, kCorrect, kSplit, kColumns };

class Reader {
 public:
  explicit Reader(TextLines& lines) : lines_(lines) {}

  absl::StatusOr<RecordedResponses> Read() && {
    absl::string_view line;
    auto more = lines_.Next(line);
    if (!more.ok()) return more.status();
    if (!*more || line != kHeader) return lines_.Refuse(absl::StrCat("the first line is not '", kHeader, "'"));
    for (more = lines_.Next(line); more.ok() && *more; more = lines_.Next(line)) {
      if (absl::Status added = Add(line); !added.ok()) return added;
    }
    if (!more.ok()) return more.status();
    return std::move(responses_);
  }

 private:
  absl::Status Add(absl::string_view line) {
    const std::vector<absl::string_view> columns = absl::StrSplit(line, '\t');
    if (columns.size() != kColumns) {
      return lines_.Refuse(absl::StrCat(columns.size(), " columns instead of ", static_cast<int>(kColumns)));
    }
    if (responses_.log.responses.size() >= limits::kMaxRecordedResponses) return lines_.Refuse("too many responses");
    mastery::Response response;
    if (absl::Status read = ReadLearner(columns, response); !read.ok()) return read;
    if (columns[kItem].empty()) return lines_.Refuse("item_id is empty");
    response.item = KeyOf(columns[kItem]);
    if (absl::Status read = ReadSkills(columns[kSkills], response); !read.ok()) return read;
    double seconds = 0;  // some have fractions
    if (!absl::SimpleAtod(columns[kTimestamp], &seconds) || !(seconds >= 0 && seconds < 1e15)) {
      return lines_.Refuse(absl::StrCat("timestamp_seconds '", columns[kTimestamp], "' is not a number from 0 on"));
    }
    response.time_seconds = static_cast<int64_t>(seconds);
    if (columns[kCorrect] != "0" && columns[kCorrect] != "1") {
      return lines_.Refuse(absl::StrCat("correct is '", columns[kCorrect], "', not 0 or 1"));
    }
    response.correct = columns[kCorrect] == "1";
    responses_.log.responses.push_back(response);
    return absl::OkStatus();
  }

  absl::Status ReadLearner(const std::vector<absl::string_view>& columns, mastery::Response& response) {
    if (columns[kUser].empty()) return lines_.Refuse("user_id is empty");
    if (columns[kSplit] != "train" && columns[kSplit] != "test") {
      return lines_.Refuse(absl::StrCat("split is '", columns[kSplit], "', not train or test"));
    }
    const bool is_test = columns[kSplit] == "test";
    if (responses_.learner_ids.empty() || responses_.learner_ids.back() != columns[kUser]) {
      if (!known_.insert(KeyOf(columns[kUser])).second) {
        return lines_.Refuse(absl::StrCat("user_id '", columns[kUser], "' was there before, with others in between"));
      }
      responses_.learner_ids.emplace_back(columns[kUser]);
      responses_.is_test.push_back(is_test);
      ++responses_.log.learners;
    } else if (responses_.is_test.back() != is_test) {
      return lines_.Refuse(absl::StrCat("user_id '", columns[kUser], "' is in train and in test"));
    }
    response.learner = responses_.log.learners - 1;
    return absl::OkStatus();
  }

  absl::Status ReadSkills(absl::string_view skills, mastery::Response& response) {
    std::vector<mastery::ConceptKey>& concepts = responses_.log.concepts;
    response.concepts_begin = static_cast<uint32_t>(concepts.size());
    if (!skills.empty()) {
      for (const absl::string_view skill : absl::StrSplit(skills, '~')) {
        if (skill.empty()) return lines_.Refuse("a skill of skill_ids is empty");
        concepts.push_back(KeyOf(skill));
      }
    }
    response.concepts_end = static_cast<uint32_t>(concepts.size());
    return absl::OkStatus();
  }

  TextLines& lines_;
  RecordedResponses responses_;
  absl::flat_hash_set<IdKey> known_;
};

}  // namespace

absl::StatusOr<RecordedResponses> ReadRecordedResponses(const std::string& path) {
  auto lines = TextLines::Open(path);
  if (!lines.ok()) return lines.status();
  return Reader(**lines).Read();
}

}  // namespace edirae::recommend
