#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "common/matching/fold_text.h"
#include "services/catalog/domain/question_checks.h"
#include "services/catalog/limits.h"

namespace edirae::catalog {
namespace {

// Texts by what is left of them when they are compared. Texts that mean the same may stand in one list, for its
// reader's sake, but not in two: one answer has one reason.
class Texts {
 public:
  explicit Texts(Checker& check) : check_(check) {}

  // `list` numbers the lists, the right texts first.
  void See(const std::string& text, int list, const Path& path) {
    check_.Text(path, "the text", text, limits::kMaxAnswerTextLength);
    const std::string folded = FoldAnswer(text);
    if (folded.empty()) {
      if (!text.empty()) {
        check_.Add(path, absl::StrCat("nothing of '", text, "' counts"), "write a letter, a digit or a symbol");
      }
      return;
    }
    const auto [first, is_new] = first_.try_emplace(folded, list, text);
    if (is_new || first->second.first == list) return;
    check_.Add(path,
               absl::StrCat("'", text, "' counts as the same as '", first->second.second, "', which is ",
                            first->second.first == 0 ? "right" : "wrong for another reason"),
               "remove one of them");
  }

 private:
  Checker& check_;
  absl::flat_hash_map<std::string, std::pair<int, std::string>> first_;
};

}  // namespace

void CheckTextKey(const v1::TextKey& key, const Path& path, const Misconceptions& known, Checker& check) {
  const Path at = path.Field("key").Field("text");
  Texts texts(check);
  check.Count(at.Field("accepted_texts"), "right texts", key.accepted_texts_size(), 1, limits::kMaxAnswerTexts);
  for (int i = 0; i < key.accepted_texts_size(); ++i) {
    texts.See(key.accepted_texts(i), 0, at.Field("accepted_texts", i));
  }
  check.Count(at.Field("wrong_texts"), "wrong answers", key.wrong_texts_size(), 0, limits::kMaxWrongAnswers);
  for (int i = 0; i < key.wrong_texts_size(); ++i) {
    const v1::WrongTexts& wrong = key.wrong_texts(i);
    const Path entry = at.Field("wrong_texts", i);
    check.Count(entry.Field("texts"), "wrong texts", wrong.texts_size(), 1, limits::kMaxAnswerTexts);
    for (int t = 0; t < wrong.texts_size(); ++t) texts.See(wrong.texts(t), i + 1, entry.Field("texts", t));
    known.CheckFeedback(entry.Field("feedback"), wrong.feedback());
  }
  check.Markdown(at.Field("other_feedback"), "other_feedback", key.other_feedback(), limits::kMaxChoiceLength);
}

}  // namespace edirae::catalog
