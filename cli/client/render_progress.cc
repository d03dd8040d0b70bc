#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/client/render.h"
#include "cli/client/render_activity.h"
#include "cli/terminal/words.h"

// The part of render.h about one learner.
namespace edirae::cli {
namespace {

constexpr int kBarWidth = 20;

std::string Clauses(const google::protobuf::RepeatedPtrField<progress::v1::UnmetClause>& clauses) {
  return absl::StrJoin(clauses, ", ", [](std::string* out, const progress::v1::UnmetClause& clause) {
    absl::StrAppend(out, ClauseInWords(clause));
  });
}

std::string StatusMark(const Style& style, progress::v1::StageStatus status) {
  switch (status) {
    case progress::v1::STAGE_STATUS_PASSED:
      return style.Good("passed");
    case progress::v1::STAGE_STATUS_CURRENT:
      return style.Accent("current");
    default:
      return style.Dim("locked");
  }
}

std::string SubjectOf(const recommend::v1::Suggestion& suggestion) {
  if (!suggestion.milestone_id().empty()) return suggestion.milestone_id();
  return suggestion.concept_id().empty() ? suggestion.stage_id() : suggestion.concept_id();
}

void PrintClause(std::ostream& out, const Style& style, const progress::v1::ClauseReport& clause) {
  out << "  " << (clause.met() ? style.Good("✓ ") : style.Warm("· ")) << clause.text();
  if (!clause.met()) out << style.Dim(" — missing: ") << clause.missing();
  out << "\n";
}

}  // namespace

std::string ClauseInWords(const progress::v1::UnmetClause& clause) {
  switch (clause.clause()) {
    case progress::v1::CRITERION_CLAUSE_DISTINCT_CORRECT:
      return absl::StrCat(clause.have(), " of ", clause.need(), " different questions right");
    case progress::v1::CRITERION_CLAUSE_WINDOW_CORRECT:
      return absl::StrCat(clause.have(), " of ", clause.need(), " right among the newest ", clause.window(),
                          " answers");
    case progress::v1::CRITERION_CLAUSE_ACCURACY:
      return absl::StrCat("surely ", clause.have(), " % right among the newest ", clause.window(), " answers, not yet ",
                          clause.need(), " %");
    case progress::v1::CRITERION_CLAUSE_RIGHT_AGAIN:
      return absl::StrCat("right again after ", clause.need(), " hours");
    case progress::v1::CRITERION_CLAUSE_WITHOUT_HINTS:
      return absl::StrCat(clause.have(), " of ", clause.need(), " right without a hint");
    case progress::v1::CRITERION_CLAUSE_MILESTONE_APPROVED:
      return "the milestone is to be approved";
    default:
      return absl::StrCat(clause.have(), " of ", clause.need());
  }
}

void PrintHome(std::ostream& out, const Style& style, const learn::v1::Home& home) {
  const progress::v1::RoadmapProgress& progress = home.progress();
  out << style.Bold(progress.learner_id()) << " on " << progress.roadmap_id() << "  "
      << ProgressBar(progress.mastered_required_count(), progress.required_count(), kBarWidth) << " concepts mastered  "
      << style.Dim(absl::StrCat("as of event ", progress.as_of_seq())) << "\n\n";
  Table stages({"stage", "status", "mastered"});
  for (const progress::v1::StageProgress& stage : progress.stages()) {
    stages.AddRow({stage.stage_id(), StatusMark(style, stage.status()),
                   ProgressBar(stage.gate().mastered_count(), stage.gate().required_count(), kBarWidth / 2)});
  }
  stages.Print(out, style);
  for (const progress::v1::StageProgress& stage : progress.stages()) {
    if (stage.status() != progress::v1::STAGE_STATUS_CURRENT) continue;
    out << "\nThe gate behind " << stage.stage_id() << "\n";
    PrintGate(out, style, stage.gate());
  }
  out << "\n";
  PrintMilestones(out, style, progress);
  PrintNextSteps(out, style, home.next_steps());
}

void PrintGate(std::ostream& out, const Style& style, const progress::v1::GateReport& gate) {
  if (gate.ready()) {
    out << "  " << style.Good("ready: everything required is mastered") << "\n";
    return;
  }
  for (const progress::v1::MissingConcept& missing : gate.missing()) {
    out << "  " << style.Warm("missing ") << missing.concept_id() << style.Dim(": ") << Clauses(missing.unmet())
        << "\n";
  }
  if (!gate.unmet().empty()) out << "  " << style.Warm("missing ") << Clauses(gate.unmet()) << "\n";
}

void PrintGate(std::ostream& out, const Style& style, const progress::v1::Gate& gate) {
  out << style.Bold(absl::StrCat("The gate behind ", gate.stage_id())) << "  " << StatusMark(style, gate.status())
      << "  " << ProgressBar(gate.mastered_count(), gate.required_count(), kBarWidth) << " concepts mastered  "
      << style.Dim(absl::StrCat("as of event ", gate.as_of_seq())) << "\n";
  for (const progress::v1::ConceptGate& asked : gate.concepts()) {
    const bool mastered = asked.status() == progress::v1::CONCEPT_STATUS_MASTERED;
    out << "\n"
        << style.Accent(asked.concept_id()) << "  "
        << (mastered ? style.Good("mastered")
                     : style.Dim(absl::StrCat(asked.criterion_id(), " version ", asked.criterion_version())))
        << "\n";
    for (const progress::v1::ClauseReport& clause : asked.clauses()) PrintClause(out, style, clause);
  }
  if (!gate.clauses().empty()) out << "\n" << style.Accent("the stage") << "\n";
  for (const progress::v1::ClauseReport& clause : gate.clauses()) PrintClause(out, style, clause);
  if (gate.ready()) out << "\n" << style.Good("ready: `edirae advance` opens it") << "\n";
}

void PrintGoal(std::ostream& out, const Style& style, const recommend::v1::GoalStanding& goal) {
  if (goal.explanation().empty()) return;
  out << "  " << (goal.reached() ? style.Good("★ ") : style.Accent("→ ")) << WrapText(goal.explanation(), kTextWidth, 4)
      << "\n";
}

void PrintNextSteps(std::ostream& out, const Style& style, const recommend::v1::NextSteps& steps) {
  out << style.Accent("Next steps") << "  " << style.Dim(absl::StrCat("as of event ", steps.as_of_seq())) << "\n";
  PrintGoal(out, style, steps.goal());
  if (steps.suggestions().empty()) out << "  none\n";
  int number = 0;
  for (const recommend::v1::Suggestion& suggestion : steps.suggestions()) {
    out << "  " << ++number << ". "
        << style.Bold(EnumInWords(recommend::v1::StepKind_Name(suggestion.kind()), "STEP_KIND_")) << " "
        << SubjectOf(suggestion) << " — " << WrapText(suggestion.explanation(), kTextWidth, 5) << "\n";
    if (!suggestion.question_id().empty()) out << "     " << style.Dim("question ") << suggestion.question_id() << "\n";
    if (!suggestion.card_id().empty()) out << "     " << style.Dim("card ") << suggestion.card_id() << "\n";
    if (!suggestion.milestone_id().empty()) {
      out << "     " << style.Dim("hand in ") << "edirae submit " << suggestion.milestone_id() << " --link https://…\n";
    }
  }
}

void PrintOutcome(std::ostream& out, const Style& style, const progress::v1::ActionOutcome& outcome) {
  if (outcome.has_graded_answer()) {
    const progress::v1::GradedAnswer& graded = outcome.graded_answer();
    out << (graded.correct() ? style.Good("✓ right") : style.Bad("✗ not right")) << "\n";
    for (const catalog::v1::ChoiceFeedback& feedback : graded.feedback()) {
      out << "  " << style.Accent(feedback.choice_id()) << "  " << WrapText(feedback.text(), kTextWidth - 5, 5) << "\n";
    }
    if (graded.has_reply_feedback()) {
      out << "  " << WrapText(graded.reply_feedback().text(), kTextWidth, 2) << "\n";
    }
    if (!graded.explanation().empty()) out << "  " << WrapText(graded.explanation(), kTextWidth, 2) << "\n";
    if (graded.hints_used() > 0) out << "  " << style.Dim(absl::StrCat("hints used: ", graded.hints_used())) << "\n";
    if (graded.standing() == events::v1::ANSWER_STANDING_REPEATED) {
      out << "  " << style.Dim("recorded, and no evidence: a question counts once in 12 hours") << "\n";
    }
    if (graded.standing() == events::v1::ANSWER_STANDING_TOO_FAST) {
      out << "  " << style.Dim("recorded, and no evidence: nobody reads and answers it so fast") << "\n";
    }
    for (const progress::v1::ConceptProgress& evidence : graded.concepts()) {
      const bool mastered = evidence.status() == progress::v1::CONCEPT_STATUS_MASTERED;
      out << "  " << style.Dim("evidence for ") << evidence.concept_id() << ": "
          << (mastered ? style.Good("mastered") : Clauses(evidence.unmet())) << "\n";
    }
  } else if (outcome.has_shown_hint()) {
    const progress::v1::ShownHint& hint = outcome.shown_hint();
    out << style.Accent(absl::StrCat("Hint ", hint.hint_number())) << "  " << WrapText(hint.text(), kTextWidth, 2)
        << "\n"
        << style.Dim(absl::StrCat("hints left: ", hint.remaining_count())) << "\n";
  } else if (outcome.has_gate_decision()) {
    const progress::v1::GateDecision& decision = outcome.gate_decision();
    out << (decision.granted() ? style.Good("The gate opens.") : style.Warm("Not yet. The gate stays shut:")) << "\n";
    if (!decision.granted()) PrintGate(out, style, decision.gate());
  }
  for (const std::string& mastered : outcome.mastered_concept_ids()) {
    out << style.Good(absl::StrCat("★ ", mastered, " is mastered")) << "\n";
  }
  for (const std::string& lapsed : outcome.lapsed_concept_ids()) {
    out << style.Warm(absl::StrCat(lapsed, " is mastered no longer; it is to be shown again")) << "\n";
  }
  out << style.Dim(absl::StrCat("recorded as event ", outcome.learner_seq())) << "\n";
}

}  // namespace edirae::cli
