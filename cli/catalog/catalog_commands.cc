#include "cli/catalog/catalog_commands.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <iterator>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "cli/catalog/diff_report.h"
#include "cli/catalog/folder.h"
#include "cli/catalog/lint_report.h"
#include "cli/catalog/preview.h"
#include "cli/catalog/published.h"
#include "cli/catalog/try_criteria.h"
#include "cli/terminal/terminal.h"
#include "common/status/macros.h"
#include "services/catalog/domain/diff.h"
#include "services/catalog/domain/revision.h"
#include "services/catalog/load_content.h"

namespace edirae::cli {
namespace {

constexpr char kNewest[] = "newest";

// Whether an argument names a published revision.
bool IsRevision(const std::string& name) {
  int64_t number = 0;
  return name == kNewest || (absl::SimpleAtoi(name, &number) && number > 0);
}

// What publishing makes of content: items that are to be put in order are shuffled, once and for ever.
void AsPublished(catalog::v1::RevisionContent& content) {
  content = catalog::Revision(0, std::move(content)).content();
}

absl::StatusOr<catalog::v1::RevisionContent> LoadGood(const std::string& folder) {
  EDIRAE_RETURN_IF_ERROR(CheckFolder(folder));
  return catalog::LoadGoodContent(folder);
}

}  // namespace

CatalogCommands::CatalogCommands(CLI::App& app)
    : command_(app.add_subcommand("catalog", "Check, compare, look at and publish content")->group("Authoring")),
      lint_(command_->add_subcommand("lint", "Find every mistake in a content folder, and how to mend it")),
      diff_(command_->add_subcommand("diff", "Say in words what changed between two folders or published revisions")),
      preview_(command_->add_subcommand("preview", "Show a concept as authors need it: lesson, questions with keys")),
      try_criteria_(command_->add_subcommand(
          "try-criteria", "Say for whom a folder's criteria would have changed something; publishes nothing")),
      publish_(*command_) {
  command_->require_subcommand(1);
  lint_->add_option("folder", folder_, "folder of the roadmaps")->capture_default_str();
  lint_->footer("Exit code 1 when there are mistakes. A line is FILE:LINE:COLUMN: what is wrong; how to mend it.");
  diff_->add_option("before", before_, "older content: a folder, the number of a revision, or newest")->required();
  diff_->add_option("after", after_, "newer content, in the same way")->required();
  diff_->footer("Lines begin with + new, - gone, > moved, ~ changed. Only revisions need a platform and a token.");
  DeclareAuthor(*diff_, session_);
  preview_->add_option("concept", concept_id_, "id of the concept")->required();
  preview_->add_option("--content", folder_, "folder of the roadmaps")->capture_default_str();
  try_criteria_->add_option("folder", folder_, "folder of the roadmaps")->capture_default_str();
  try_criteria_->add_option("--roadmap", session_.roadmap, "the roadmap")
      ->envname("EDIRAE_ROADMAP")
      ->capture_default_str();
  try_criteria_->add_option("--most", most_, "how many learners at most")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  try_criteria_->add_flag("--json", session_.json, "print JSON, one page of learners a line");
  DeclareAuthor(*try_criteria_, session_);
  for (CLI::App* command : {lint_, diff_}) command->add_flag("--json", json_, "print JSON");
}

bool CatalogCommands::chosen() const { return command_->parsed(); }

absl::Status CatalogCommands::Run() const {
  if (publish_.chosen()) return publish_.Run();
  if (lint_->parsed()) return Lint();
  if (try_criteria_->parsed()) return TryCriteria(Session(session_), folder_, most_);
  return diff_->parsed() ? Diff() : Preview();
}

absl::Status CatalogCommands::Lint() const {
  EDIRAE_RETURN_IF_ERROR(CheckFolder(folder_));
  const catalog::LoadedContent loaded = catalog::LoadContent(folder_);
  if (json_) {
    std::cout << LintJson(loaded) << "\n";
  } else {
    PrintLint(loaded, Style::ForStdout(), std::cout);
  }
  if (loaded.findings.empty()) return absl::OkStatus();
  return absl::UnknownError(absl::StrCat("the content has mistakes: ", loaded.findings.size()));
}

absl::Status CatalogCommands::Diff() const {
  EDIRAE_ASSIGN_OR_RETURN(auto before, Resolve(before_));
  EDIRAE_ASSIGN_OR_RETURN(auto after, Resolve(after_));
  if (IsRevision(before_) != IsRevision(after_)) {
    AsPublished(before);
    AsPublished(after);
  }
  const std::vector<catalog::Change> changes = catalog::Diff(before, after);
  if (json_) {
    std::cout << DiffJson(changes) << "\n";
  } else {
    PrintDiff(changes, Style::ForStdout(), std::cout);
  }
  return absl::OkStatus();
}

absl::StatusOr<catalog::v1::RevisionContent> CatalogCommands::Resolve(const std::string& name) const {
  if (!IsRevision(name)) return LoadGood(name);
  int64_t revision = 0;
  if (name != kNewest) (void)absl::SimpleAtoi(name, &revision);
  const Session session(session_);
  EDIRAE_ASSIGN_OR_RETURN(auto content, FetchContent(session, revision));
  return content;
}

absl::Status CatalogCommands::Preview() const {
  EDIRAE_RETURN_IF_ERROR(CheckFolder(folder_));
  const catalog::LoadedContent loaded = catalog::LoadContent(folder_);
  std::vector<catalog::Finding> here;
  std::ranges::copy_if(loaded.findings, std::back_inserter(here), [&](const catalog::Finding& finding) {
    return absl::StrContains(finding.at.file, absl::StrCat("/concepts/", concept_id_, "/"));
  });
  if (!here.empty()) return catalog::BadContent(here);
  absl::Status printed = PrintPreview(loaded.content, concept_id_, Style::ForStdout(), std::cout);
  // What hides the concept may be a mistake in its stage.
  if (!printed.ok()) return loaded.findings.empty() ? printed : catalog::BadContent(loaded.findings);
  if (!loaded.findings.empty()) {
    std::cerr << "Mistakes elsewhere in the folder: " << loaded.findings.size()
              << "; `edirae catalog lint` names them.\n";
  }
  return absl::OkStatus();
}

}  // namespace edirae::cli
