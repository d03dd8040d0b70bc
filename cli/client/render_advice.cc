#include "cli/client/render_advice.h"

#include <cmath>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "cli/client/render.h"
#include "cli/terminal/words.h"

namespace edirae::cli {
namespace {

constexpr int kAdviceWidth = 100;

std::string InPercent(double chance) { return absl::StrCat(std::lround(chance * 100), " %"); }

std::string DayIn(const google::protobuf::Timestamp& time) {
  return absl::FormatTime("%Y-%m-%d", absl::FromUnixSeconds(time.seconds()), absl::UTCTimeZone());
}

void PrintPrerequisite(std::ostream& out, const Style& style, const recommend::v1::PrerequisiteStanding& it) {
  const bool hard = it.strength() == catalog::v1::PREREQUISITE_STRENGTH_HARD;
  out << "  " << (hard ? "needs " : "is helped by ") << it.concept_id() << "  "
      << (it.mastered() ? style.Good("mastered")
          : it.secure() ? style.Accent("learned")
                        : style.Dim("not learned yet"));
  if (it.answer_count() > 0) {
    out << style.Dim(absl::StrCat("  ", it.correct_count(), " of ", it.answer_count(), " right"));
  }
  if (it.has_activity_time()) out << style.Dim(absl::StrCat("  last seen ", DayIn(it.activity_time())));
  out << "\n";
}

std::string SubjectOfItem(const recommend::v1::SessionItem& item) {
  if (!item.card_id().empty()) return item.card_id();
  return item.question_id().empty() ? item.concept_id() : item.question_id();
}

}  // namespace

void PrintExplanation(std::ostream& out, const Style& style, const learn::v1::ExplainResponse& response) {
  const recommend::v1::ConceptExplanation& it = response.explanation();
  out << style.Bold(it.concept_id()) << "  "
      << (it.mastered() ? style.Good("mastered")
          : it.secure() ? style.Accent("learned")
                        : style.Dim("not learned yet"))
      << "  " << style.Dim(absl::StrCat("strength ", InPercent(it.strength()), ", as of event ", it.as_of_seq()))
      << "\n  " << WrapText(it.explanation(), kAdviceWidth, 2) << "\n";
  if (!it.question_id().empty()) {
    out << "\nThe chance of a right answer to " << it.question_id() << " is "
        << style.Bold(InPercent(it.success_chance())) << ", in log-odds:\n";
    for (const recommend::v1::Factor& factor : it.factors()) {
      out << absl::StrFormat("  %+5.2f  %-10s  ", factor.log_odds(),
                             EnumInWords(recommend::v1::FactorKind_Name(factor.kind()), "FACTOR_KIND_"))
          << style.Dim(factor.text()) << "\n";
    }
  }
  if (it.has_memory()) {
    const recommend::v1::MemoryState& memory = it.memory();
    out << "\nRecalled now with " << InPercent(memory.recall_chance()) << ", "
        << absl::StrFormat("with 90 %% %.1f days after %s", memory.stability_days(), DayIn(memory.review_time()))
        << "; review due " << DayIn(memory.due_time()) << "\n";
  }
  if (!it.prerequisites().empty()) out << "\n";
  for (const auto& prerequisite : it.prerequisites()) PrintPrerequisite(out, style, prerequisite);
  if (!it.evidence_event_ids().empty()) {
    out << "\n" << style.Dim("evidence") << "\n  " << absl::StrJoin(it.evidence_event_ids(), "\n  ") << "\n";
  }
}

void PrintWhatIf(std::ostream& out, const Style& style, const learn::v1::WhatIfResponse& response) {
  Table table({"concept", "right answer", "strength", "learned"});
  for (const recommend::v1::ConceptChange& change : response.changes()) {
    table.AddRow(
        {change.concept_id(),
         absl::StrCat(InPercent(change.success_chance_before()), " → ", InPercent(change.success_chance_after())),
         absl::StrCat(InPercent(change.strength_before()), " → ", InPercent(change.strength_after())),
         absl::StrCat(change.secure_before() ? "yes" : "no", " → ", change.secure_after() ? "yes" : "no")});
  }
  table.Print(out, style);
  out << "\n";
  PrintNextSteps(out, style, response.next_steps());
}

void PrintSession(std::ostream& out, const Style& style, const learn::v1::PlanSessionResponse& response) {
  const recommend::v1::SessionPlan& plan = response.session();
  out << style.Bold(plan.summary()) << "  " << style.Dim(absl::StrCat("as of event ", plan.as_of_seq())) << "\n";
  PrintGoal(out, style, plan.goal());
  for (const recommend::v1::SessionItem& item : plan.items()) {
    out << absl::StrFormat("  %3d min  ", item.minutes())
        << style.Accent(EnumInWords(recommend::v1::SessionItemKind_Name(item.kind()), "SESSION_ITEM_KIND_")) << " "
        << SubjectOfItem(item) << "\n           " << style.Dim(WrapText(item.explanation(), kAdviceWidth - 9, 11))
        << "\n";
  }
}

}  // namespace edirae::cli
