#include "cli/catalog/catalog_commands.h"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>

#include "absl/strings/str_cat.h"
#include "cli/catalog/diff_report.h"
#include "cli/catalog/lint_report.h"
#include "cli/catalog/preview.h"
#include "cli/terminal/terminal.h"
#include "common/status/macros.h"
#include "services/catalog/domain/diff.h"
#include "services/catalog/load_content.h"

namespace edirae::cli {
namespace {

absl::Status CheckFolder(const std::string& folder) {
  std::error_code error;
  if (std::filesystem::is_directory(folder, error)) return absl::OkStatus();
  return absl::NotFoundError(absl::StrCat(folder, " is no folder; name the one that holds the roadmaps"));
}

absl::StatusOr<catalog::v1::RevisionContent> LoadGood(const std::string& folder) {
  EDIRAE_RETURN_IF_ERROR(CheckFolder(folder));
  return catalog::LoadGoodContent(folder);
}

}  // namespace

CatalogCommands::CatalogCommands(CLI::App& app)
    : command_(app.add_subcommand("catalog", "Check, compare and look at content in folders")->group("Authoring")),
      lint_(command_->add_subcommand("lint", "Find every mistake in a content folder, and how to mend it")),
      diff_(command_->add_subcommand("diff", "Say in words what changed between two content folders")),
      preview_(command_->add_subcommand("preview", "Show a concept as authors need it: lesson, questions with keys")) {
  command_->require_subcommand(1);
  lint_->add_option("folder", folder_, "folder of the roadmaps")->capture_default_str();
  lint_->footer("Exit code 1 when there are mistakes. A line is FILE:LINE:COLUMN: what is wrong; how to mend it.");
  diff_->add_option("before", before_, "folder with the older content")->required();
  diff_->add_option("after", after_, "folder with the newer content")->required();
  diff_->footer("Lines begin with + new, - gone, > moved, ~ changed.");
  preview_->add_option("concept", concept_id_, "id of the concept")->required();
  preview_->add_option("--content", folder_, "folder of the roadmaps")->capture_default_str();
  for (CLI::App* command : {lint_, diff_}) command->add_flag("--json", json_, "print JSON");
}

bool CatalogCommands::chosen() const { return command_->parsed(); }

absl::Status CatalogCommands::Run() const {
  if (lint_->parsed()) return Lint();
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
  EDIRAE_ASSIGN_OR_RETURN(const auto before, LoadGood(before_));
  EDIRAE_ASSIGN_OR_RETURN(const auto after, LoadGood(after_));
  const std::vector<catalog::Change> changes = catalog::Diff(before, after);
  if (json_) {
    std::cout << DiffJson(changes) << "\n";
  } else {
    PrintDiff(changes, Style::ForStdout(), std::cout);
  }
  return absl::OkStatus();
}

absl::Status CatalogCommands::Preview() const {
  EDIRAE_ASSIGN_OR_RETURN(const auto content, LoadGood(folder_));
  return PrintPreview(content, concept_id_, Style::ForStdout(), std::cout);
}

}  // namespace edirae::cli
