#include "services/recommend/adapters/recorded_responses.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "services/recommend/adapters/text_lines.h"
#include "services/recommend/domain/learner_state.h"
#include "services/recommend/limits.h"

namespace edirae::recommend {
namespace {

enum Column { kUser, kItem, kSkills, kTimestamp, kCorrect, kSplit, kColumns };
constexpr std::array<absl::string_view, kColumns> kNames = {"user_id",           "item_id", "skill_ids",
                                                            "timestamp_seconds", "correct", "split"};
constexpr double kMaxSeconds = 1e12;  // milliseconds of today are more

using Fields = std::array<absl::string_view, kColumns>;

std::optional<bool> Correct(absl::string_view text) {
  double number = 0;
  bool is_true = false;
  if (absl::SimpleAtod(text, &number)) return number == 0 || number == 1 ? std::optional(number == 1) : std::nullopt;
  return absl::SimpleAtob(text, &is_true) ? std::optional(is_true) : std::nullopt;
}

class Reader {
 public:
  explicit Reader(TextLines& lines) : lines_(lines) {}

  absl::StatusOr<RecordedResponses> Read() && {
    absl::string_view line;
    auto more = lines_.Next(line);
    if (!more.ok()) return more.status();
    if (absl::Status found = FindColumns(*more ? line : ""); !found.ok()) return found;
    for (more = lines_.Next(line); more.ok() && *more; more = lines_.Next(line)) {
      if (line.empty()) continue;
      if (absl::Status added = Add(line); !added.ok()) return added;
    }
    if (!more.ok()) return more.status();
    return std::move(responses_);
  }

 private:
  // By their names, in whatever order; others are passed over.
  absl::Status FindColumns(absl::string_view header) {
    absl::ConsumePrefix(&header, "\xEF\xBB\xBF");  // a mark that some editors put there
    const std::vector<absl::string_view> names = absl::StrSplit(header, '\t');
    columns_ = names.size();
    for (size_t column = 0; column < kColumns; ++column) {
      const auto at = std::ranges::find(names, kNames[column]);
      if (at == names.end()) {
        return lines_.Refuse(absl::StrCat("the first line names no column '", kNames[column], "'; it needs ",
                                          absl::StrJoin(kNames, ", "), ", parted by tabs"));
      }
      places_[column] = static_cast<size_t>(at - names.begin());
    }
    return absl::OkStatus();
  }

  absl::Status Add(absl::string_view line) {
    const std::vector<absl::string_view> all = absl::StrSplit(line, '\t');
    if (all.size() != columns_) return lines_.Refuse(absl::StrCat(all.size(), " columns instead of ", columns_));
    Fields columns;
    for (size_t column = 0; column < kColumns; ++column) columns[column] = all[places_[column]];
    if (responses_.log.responses.size() >= limits::kMaxRecordedResponses) return lines_.Refuse("too many responses");
    mastery::Response response;
    if (absl::Status read = ReadLearner(columns, response); !read.ok()) return read;
    if (columns[kItem].empty()) return lines_.Refuse("item_id is empty");
    response.item = KeyOf(columns[kItem]);
    if (absl::Status read = ReadSkills(columns[kSkills], response); !read.ok()) return read;
    double seconds = 0;  // some have fractions
    const bool is_number = columns[kTimestamp].empty() || absl::SimpleAtod(columns[kTimestamp], &seconds);
    if (!is_number || !(seconds >= 0 && seconds < kMaxSeconds)) {
      return lines_.Refuse(absl::StrCat("timestamp_seconds '", columns[kTimestamp],
                                        "' is not a number of seconds from 0 to 10^12; 0 for unknown"));
    }
    response.time_seconds = static_cast<int64_t>(seconds);
    const std::optional<bool> correct = Correct(columns[kCorrect]);
    if (!correct.has_value()) return lines_.Refuse(absl::StrCat("correct is '", columns[kCorrect], "', not 0 or 1"));
    response.correct = *correct;
    responses_.log.responses.push_back(response);
    return absl::OkStatus();
  }

  absl::Status ReadLearner(const Fields& columns, mastery::Response& response) {
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
  size_t columns_ = 0;                     // of every line
  std::array<size_t, kColumns> places_{};  // of those that are read
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
