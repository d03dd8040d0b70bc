#include "cli/client/render.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/client/reply.h"
#include "cli/terminal/markdown.h"
#include "cli/terminal/words.h"
#include "google/protobuf/util/json_util.h"

namespace edirae::cli {
void PrintRoadmap(std::ostream& out, const Style& style, const catalog::v1::Roadmap& roadmap) {
  out << style.Bold(roadmap.title()) << "  " << style.Dim(roadmap.roadmap_id()) << "\n"
      << WrapText(roadmap.summary(), kTextWidth, 0) << "\n"
      << roadmap.duration().min_months() << "–" << roadmap.duration().max_months() << " months\n";
  for (const catalog::v1::Stage& stage : roadmap.stages()) {
    out << "\n"
        << style.Accent(stage.title()) << "  "
        << style.Dim(
               absl::StrCat(stage.stage_id(), ", weeks ", stage.weeks().first_week(), "–", stage.weeks().last_week()))
        << "\n";
    Table table({"concept", "title", "after", "questions", "cards"});
    for (const catalog::v1::Concept& it : stage.concepts()) {
      table.AddRow({it.concept_id(), absl::StrCat(it.title(), it.optional() ? " (optional)" : ""),
                    absl::StrJoin(it.prerequisite_ids(), ", "), absl::StrCat(it.question_count()),
                    absl::StrCat(it.flashcard_count())});
    }
    table.Print(out, style);
    out << style.Dim("milestone: ") << stage.milestone().title() << "  " << style.Dim(stage.milestone().milestone_id())
        << "\n";
  }
  if (roadmap.career_paths().empty()) return;
  out << "\n" << style.Accent("Careers") << "\n";
  Table careers({"career", "id", "a year", "demand"});
  for (const catalog::v1::CareerPath& career : roadmap.career_paths()) {
    careers.AddRow({career.title(), career.career_id(),
                    absl::StrCat(career.salary().currency_code(), " ", career.salary().min_per_year(), "–",
                                 career.salary().max_per_year()),
                    EnumInWords(catalog::v1::MarketDemand_Name(career.demand()), "MARKET_DEMAND_")});
  }
  careers.Print(out, style);
}

void PrintConcept(std::ostream& out, const Style& style, const catalog::v1::Concept& the_concept) {
  out << style.Bold(the_concept.title()) << "  " << style.Dim(the_concept.concept_id())
      << (the_concept.optional() ? "  optional" : "") << "\n"
      << WrapText(the_concept.summary(), kTextWidth, 0) << "\n"
      << style.Dim("study: ") << the_concept.estimated_minutes() << " minutes, " << the_concept.question_count()
      << " questions, " << the_concept.flashcard_count() << " flashcards\n";
  if (!the_concept.prerequisite_ids().empty()) {
    out << style.Dim("after: ") << absl::StrJoin(the_concept.prerequisite_ids(), ", ") << "\n";
  }
  if (!the_concept.helpful_ids().empty()) {
    out << style.Dim("easier with: ") << absl::StrJoin(the_concept.helpful_ids(), ", ") << "\n";
  }
}

void PrintLesson(std::ostream& out, const Style& style, const catalog::v1::Lesson& lesson) {
  out << RenderMarkdown(lesson.explanation(), style, kTextWidth);
  if (lesson.misconceptions().empty()) return;
  out << "\n" << style.Accent("What beginners often believe") << "\n";
  for (const catalog::v1::Misconception& misconception : lesson.misconceptions()) {
    out << "  " << style.Warm("“") << WrapText(misconception.belief(), kTextWidth, 3) << style.Warm("”") << "\n    "
        << WrapText(misconception.correction(), kTextWidth, 4) << "\n";
  }
}

void PrintResource(std::ostream& out, const Style& style, const catalog::v1::Resource& resource) {
  std::vector<std::string> facts = {EnumInWords(catalog::v1::ResourceKind_Name(resource.kind()), "RESOURCE_KIND_")};
  if (resource.level() != catalog::v1::RESOURCE_LEVEL_UNSPECIFIED) {
    facts.push_back(EnumInWords(catalog::v1::ResourceLevel_Name(resource.level()), "RESOURCE_LEVEL_"));
  }
  if (resource.cost() != catalog::v1::RESOURCE_COST_UNSPECIFIED) {
    facts.push_back(EnumInWords(catalog::v1::ResourceCost_Name(resource.cost()), "RESOURCE_COST_"));
  }
  if (resource.estimated_minutes() > 0) facts.push_back(absl::StrCat(resource.estimated_minutes(), " minutes"));
  if (!resource.language_code().empty()) facts.push_back(resource.language_code());
  out << style.Bold(resource.title()) << "  " << style.Dim(resource.resource_id()) << "\n";
  if (!resource.author().empty()) out << "  " << WrapText(resource.author(), kTextWidth, 2) << "\n";
  out << "  " << style.Dim(absl::StrJoin(facts, ", ")) << "\n  " << WrapText(resource.summary(), kTextWidth, 2) << "\n";
  if (!resource.uri().empty()) out << "  " << resource.uri() << "\n";
}

void PrintQuestion(std::ostream& out, const Style& style, const catalog::v1::Question& question) {
  out << style.Dim(absl::StrCat(question.question_id(), ", ",
                                EnumInWords(catalog::v1::Difficulty_Name(question.difficulty()), "DIFFICULTY_"),
                                "; wants ", ReplyHelp(question)))
      << "\n"
      << WrapText(question.prompt(), kTextWidth, 0) << "\n";
  for (const catalog::v1::Choice& choice : question.choices()) {
    out << "  " << style.Accent(choice.choice_id()) << "  " << WrapText(choice.text(), kTextWidth - 5, 5) << "\n";
  }
  if (question.hint_count() > 0) out << "  " << style.Dim(absl::StrCat("hints: ", question.hint_count())) << "\n";
}

void PrintFlashcard(std::ostream& out, const Style& style, const catalog::v1::Flashcard& card) {
  out << style.Dim(card.card_id()) << "\n  " << WrapText(card.front(), kTextWidth, 2) << "\n  " << style.Dim("→ ")
      << WrapText(card.back(), kTextWidth, 4) << "\n";
}

std::string ToJson(const google::protobuf::Message& message, bool indented) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = indented;
  options.preserve_proto_field_names = true;
  options.always_print_primitive_fields = true;  // a wrong answer says "correct": false
  std::string json;
  if (!google::protobuf::util::MessageToJsonString(message, &json, options).ok()) return "{}";
  while (!json.empty() && json.back() == '\n') json.pop_back();
  return json;
}

}  // namespace edirae::cli
