#include "cli/catalog/preview.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "cli/catalog/criterion_words.h"
#include "cli/terminal/markdown.h"
#include "cli/terminal/words.h"

namespace edirae::cli {
namespace {

using namespace catalog::v1;  // NOLINT(google-build-using-namespace): everything here is content

constexpr int kWidth = 100;

struct Place {
  const Roadmap* roadmap = nullptr;
  const Stage* stage = nullptr;
  const Concept* taught = nullptr;
};

Place Find(const RevisionContent& content, const std::string& concept_id) {
  for (const Roadmap& roadmap : content.roadmaps()) {
    for (const Stage& stage : roadmap.stages()) {
      for (const Concept& taught : stage.concepts()) {
        if (taught.concept_id() == concept_id) return {&roadmap, &stage, &taught};
      }
    }
  }
  return {};
}

class Preview {
 public:
  Preview(const Style& style, std::ostream& out) : style_(style), out_(out) {}

  void Head(const Place& place) {
    const Concept& taught = *place.taught;
    out_ << style_.Bold(taught.title()) << "  " << style_.Dim(taught.concept_id()) << "\n"
         << style_.Dim(absl::StrCat(place.roadmap->title(), " › ", place.stage->title(), " · ",
                                    taught.estimated_minutes(), " minutes", taught.optional() ? " · optional" : ""))
         << "\n";
    Text(taught.summary(), 0);
    Ids("Needs", taught.prerequisite_ids());
    Ids("Easier with", taught.helpful_ids());
    const bool own = taught.has_mastery_criterion();
    Demand(own ? taught.mastery_criterion() : place.roadmap->mastery_criterion(), own);
  }

  void Demand(const MasteryCriterion& criterion, bool own) {
    out_ << style_.Dim(absl::StrCat("Mastered by ", own ? "its own" : "the roadmap's", " criterion ",
                                    criterion.criterion_id(), ", version ", criterion.version(), ":"))
         << "\n";
    for (const std::string& demand : CriterionInWords(criterion)) Text(demand, 2);
  }

  void Teach(const Lesson& lesson) {
    out_ << "\n" << RenderMarkdown(lesson.explanation(), style_, kWidth);
    if (!lesson.misconceptions().empty()) Heading("Misconceptions");
    for (const Misconception& misconception : lesson.misconceptions()) {
      out_ << style_.Dim(misconception.misconception_id()) << "\n";
      Text(absl::StrCat("“", misconception.belief(), "”"), 2);
      Text(misconception.correction(), 2);
    }
  }

  void Recommend(const Resource& resource) {
    out_ << resource.title() << (resource.author().empty() ? "" : ", ") << resource.author() << "  "
         << style_.Dim(absl::StrCat(resource.resource_id(), " · ",
                                    EnumInWords(ResourceKind_Name(resource.kind()), "RESOURCE_KIND_"), " · ",
                                    resource.estimated_minutes(), " minutes ", resource.uri()))
         << "\n";
  }

  void Ask(const KeyedQuestion& keyed) {
    const Question& question = keyed.question();
    out_ << "\n"
         << style_.Dim(absl::StrCat(question.question_id(), " · ",
                                    EnumInWords(QuestionKind_Name(question.kind()), "QUESTION_KIND_"), " · ",
                                    EnumInWords(Difficulty_Name(question.difficulty()), "DIFFICULTY_")))
         << "\n";
    Text(question.prompt(), 0);
    for (const std::string& hint : keyed.key().hints()) Text(absl::StrCat("Hint: ", hint), 2);
    for (const Choice& choice : question.choices()) Offer(choice, keyed.key());
    if (keyed.key().has_numeric()) Key(keyed.key().numeric(), question.unit());
    if (keyed.key().has_text()) Key(keyed.key().text());
    if (keyed.key().has_order()) Key(keyed.key().order());
    Text(absl::StrCat("Why: ", keyed.key().explanation()), 2);
  }

  // The questions of other concepts that are evidence for this one too.
  void AlsoAsk(const RevisionContent& content, const std::string& concept_id) {
    std::vector<std::string> shared;
    for (const KeyedQuestion& keyed : content.questions()) {
      const auto& ids = keyed.question().concept_ids();
      if (!ids.empty() && ids[0] != concept_id && std::ranges::find(ids, concept_id) != ids.end()) {
        shared.push_back(keyed.question().question_id());
      }
    }
    if (!shared.empty()) out_ << "\n";
    Ids("Evidence too", shared);
  }

  void Recall(const Flashcard& card) {
    out_ << style_.Dim(card.card_id()) << "\n";
    Text(card.front(), 2);
    Text(card.back(), 4);
  }

  void Heading(const std::string& text) { out_ << "\n" << style_.Bold(text) << "\n"; }

 private:
  template <class Texts>
  void Ids(const char* label, const Texts& ids) {
    if (!ids.empty()) out_ << style_.Dim(absl::StrCat(label, ": ", absl::StrJoin(ids, ", "))) << "\n";
  }

  void Text(const std::string& markdown, int indent) {
    const std::string text = RenderMarkdown(markdown, style_, kWidth - indent);
    for (const absl::string_view line : absl::StrSplit(absl::StripSuffix(text, "\n"), '\n')) {
      out_ << std::string(static_cast<size_t>(indent), ' ') << line << "\n";
    }
  }

  void Right(const std::string& text) { out_ << "  " << style_.Good(absl::StrCat("✓ ", text)) << "\n"; }

  void Wrong(const std::string& given, const ReplyFeedback& feedback) {
    Wrong(given, feedback.text(), feedback.misconception_id());
  }
  void Wrong(const std::string& given, const std::string& feedback, const std::string& misconception_id) {
    out_ << "  " << style_.Bad(absl::StrCat("✗ ", given))
         << (misconception_id.empty() ? "" : style_.Dim(absl::StrCat("  ", misconception_id))) << "\n";
    Text(feedback, 6);
  }

  void Offer(const Choice& choice, const AnswerKey& key) {
    if (key.has_order()) return Text(absl::StrCat(choice.choice_id(), ": ", choice.text()), 2);
    const bool right =
        std::ranges::find(key.correct_choice_ids(), choice.choice_id()) != key.correct_choice_ids().end();
    const auto feedback = std::ranges::find(key.feedback(), choice.choice_id(), &ChoiceFeedback::choice_id);
    const std::string given = absl::StrCat(choice.choice_id(), ": ", choice.text());
    const bool said = feedback != key.feedback().end();
    if (right) {
      Right(given);
      if (said) Text(feedback->text(), 6);
    } else {
      Wrong(given, said ? feedback->text() : "", said ? feedback->misconception_id() : "");
    }
  }

  void Key(const NumericKey& key, const std::string& unit) {
    Right(absl::StrCat(key.answer(), key.tolerance() > 0 ? absl::StrCat(" ± ", key.tolerance()) : "",
                       unit.empty() ? "" : " ", unit));
    for (const WrongNumber& wrong : key.wrong_numbers()) Wrong(absl::StrCat(wrong.value()), wrong.feedback());
    Wrong("anything else", key.other_feedback(), "");
  }

  void Key(const TextKey& key) {
    Right(absl::StrJoin(key.accepted_texts(), ", "));
    for (const WrongTexts& wrong : key.wrong_texts()) Wrong(absl::StrJoin(wrong.texts(), ", "), wrong.feedback());
    Wrong("anything else", key.other_feedback(), "");
  }

  void Key(const OrderKey& key) {
    Right(absl::StrJoin(key.choice_ids(), ", "));
    for (const WrongOrder& wrong : key.wrong_orders()) Wrong(absl::StrJoin(wrong.choice_ids(), ", "), wrong.feedback());
    Wrong("anything else", key.other_feedback(), "");
  }

  const Style& style_;
  std::ostream& out_;
};

bool Serves(const Resource& resource, const std::string& concept_id) {
  return std::ranges::find(resource.concept_ids(), concept_id) != resource.concept_ids().end();
}

}  // namespace

absl::Status PrintPreview(const RevisionContent& content, const std::string& concept_id, const Style& style,
                          std::ostream& out) {
  const Place place = Find(content, concept_id);
  if (place.taught == nullptr) {
    return absl::NotFoundError(absl::StrCat("the content has no concept ", concept_id));
  }
  Preview preview(style, out);
  preview.Head(place);
  for (const Lesson& lesson : content.lessons()) {
    if (lesson.concept_id() == concept_id) preview.Teach(lesson);
  }
  preview.Heading("Resources");
  for (const Resource& resource : content.resources()) {
    if (Serves(resource, concept_id)) preview.Recommend(resource);
  }
  preview.Heading("Questions");
  for (const KeyedQuestion& keyed : content.questions()) {
    const auto& ids = keyed.question().concept_ids();
    if (!ids.empty() && ids[0] == concept_id) preview.Ask(keyed);
  }
  preview.AlsoAsk(content, concept_id);
  preview.Heading("Flashcards");
  for (const Flashcard& card : content.flashcards()) {
    if (card.concept_id() == concept_id) preview.Recall(card);
  }
  return absl::OkStatus();
}

}  // namespace edirae::cli
