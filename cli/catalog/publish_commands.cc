#include "cli/catalog/publish_commands.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "cli/catalog/folder.h"
#include "cli/catalog/lint_report.h"
#include "cli/catalog/published.h"
#include "cli/client/render.h"
#include "cli/terminal/terminal.h"
#include "common/ids/ids.h"
#include "common/status/macros.h"
#include "services/catalog/load_content.h"

namespace edirae::cli {
namespace {

constexpr int kMostRevisions = 10'000;  // listed at once

std::string TimeInWords(const google::protobuf::Timestamp& time) {
  return absl::FormatTime("%Y-%m-%d %H:%M", absl::FromUnixSeconds(time.seconds()), absl::UTCTimeZone());
}

void PrintRevision(const catalog::v1::Revision& revision, const Style& style) {
  std::cout << style.Bold(absl::StrCat("revision ", revision.revision())) << "  "
            << style.Dim(absl::StrCat(TimeInWords(revision.publish_time()), " UTC, by ", revision.author())) << "\n"
            << "  " << revision.note() << "\n";
  if (revision.restored_revision() > 0) {
    std::cout << "  " << style.Accent(absl::StrCat("the content of revision ", revision.restored_revision())) << "\n";
  }
  std::cout << "  "
            << style.Dim(absl::StrCat(revision.roadmap_count(), " roadmaps, ", revision.concept_count(), " concepts, ",
                                      revision.question_count(), " questions, ", revision.flashcard_count(),
                                      " flashcards, digest ", revision.digest()))
            << "\n";
}

// What `PublishRevision` and `RollbackRevision` answer.
template <class Response>
absl::Status Tell(const Response& response, bool check_only, bool json, const catalog::SourceMap& sources) {
  const Style style = Style::ForStdout();
  if (json) {
    std::cout << ToJson(response, true) << "\n";
  } else {
    for (const catalog::v1::ContentFinding& finding : response.findings()) {
      PrintFinding({sources.At(catalog::Path(finding.field())), finding.problem(), finding.remedy()}, style, std::cout);
    }
  }
  if (response.finding_count() > 0) {
    return absl::UnknownError(absl::StrCat("nothing was published: there are ", response.finding_count(), " findings"));
  }
  if (json) return absl::OkStatus();
  if (check_only) {
    std::cout << style.Good("It may be published.") << " Nothing was.\n";
    return absl::OkStatus();
  }
  std::cout << (response.published() ? style.Good("Published.") : "The newest revision has this content already.")
            << "\n";
  PrintRevision(response.revision(), style);
  return absl::OkStatus();
}

// "norms=distances" or, for what is gone, "norms=".
absl::StatusOr<catalog::v1::ConceptMigration> ParseMigration(const std::string& text, const std::string& reason) {
  const std::pair<std::string, std::string> parts = absl::StrSplit(text, absl::MaxSplits('=', 1));
  catalog::v1::ConceptMigration migration;
  migration.set_from_concept_id(parts.first);
  migration.set_reason(reason);
  for (const absl::string_view to : absl::StrSplit(parts.second, ',', absl::SkipEmpty())) {
    migration.add_to_concept_ids(std::string(to));
  }
  if (IsSlug(parts.first) && text.find('=') != std::string::npos) return migration;
  return absl::InvalidArgumentError(absl::StrCat("--migrate ", text, " is not CONCEPT=CONCEPT,… or CONCEPT="));
}

}  // namespace

void DeclareAuthor(CLI::App& command, SessionSettings& session) {
  command.add_option("--address", session.address, "Gateway, host:port")
      ->envname("EDIRAE_ADDRESS")
      ->capture_default_str();
  command.add_option("--token", session.token, "An author's token; `edirae token NAME --author` makes one")
      ->envname("EDIRAE_TOKEN");
}

PublishCommands::PublishCommands(CLI::App& catalog)
    : publish_(catalog.add_subcommand("publish", "Publish a content folder as a new revision")),
      rollback_(catalog.add_subcommand("rollback", "Publish the content of an older revision again")),
      revisions_(catalog.add_subcommand("revisions", "List what was published, by whom and why, newest first")) {
  publish_->add_option("folder", folder_, "folder of the roadmaps")->capture_default_str();
  rollback_->add_option("revision", revision_, "number of the older revision")->required();
  rollback_->add_option(
      "--migrate", migrations_,
      "what becomes of a concept that was added since: CONCEPT=CONCEPT,… or, when it is gone, CONCEPT=");
  revisions_->add_option("--count", count_, "how many")->check(CLI::Range(1, kMostRevisions))->capture_default_str();
  for (CLI::App* command : {publish_, rollback_}) {
    command->add_option("--note", note_, "what is new, for those who read the list of revisions")->required();
    command->add_option("--head", head_, "refuse unless this is the newest revision; by default whatever is newest")
        ->check(CLI::NonNegativeNumber);
    command->add_flag("--validate-only", check_only_, "check everything and publish nothing");
    command->footer("Exit code 1 when there are findings; then nothing is published.");
  }
  for (CLI::App* command : {publish_, rollback_, revisions_}) {
    DeclareAuthor(*command, session_);
    command->add_flag("--json", session_.json, "print JSON");
  }
}

bool PublishCommands::chosen() const { return publish_->parsed() || rollback_->parsed() || revisions_->parsed(); }

absl::Status PublishCommands::Run() const {
  if (publish_->parsed()) return Publish();
  return rollback_->parsed() ? Rollback() : List();
}

absl::StatusOr<int64_t> PublishCommands::ExpectedHead(const Session& session) const {
  if (head_ >= 0) return head_;
  return NewestRevision(session);
}

absl::Status PublishCommands::Publish() const {
  EDIRAE_RETURN_IF_ERROR(CheckFolder(folder_));
  const catalog::LoadedContent loaded = catalog::LoadContent(folder_);
  if (!loaded.findings.empty()) {
    PrintLint(loaded, Style::ForStdout(), std::cout);
    return absl::UnknownError(absl::StrCat("the content has mistakes: ", loaded.findings.size()));
  }
  const Session session(session_);
  catalog::v1::PublicationHead head;
  EDIRAE_ASSIGN_OR_RETURN(const int64_t expected, ExpectedHead(session));
  head.set_expected_head(expected);
  head.set_request_id(NewUuid7(absl::Now()));
  head.set_note(note_);
  head.set_validate_only(check_only_);
  EDIRAE_ASSIGN_OR_RETURN(const auto response, cli::Publish(session, head, loaded.content));
  return Tell(response, check_only_, session_.json, loaded.sources);
}

absl::Status PublishCommands::Rollback() const {
  const Session session(session_);
  catalog::v1::RollbackRevisionRequest request;
  EDIRAE_ASSIGN_OR_RETURN(const int64_t expected, ExpectedHead(session));
  request.set_expected_head(expected);
  request.set_request_id(NewUuid7(absl::Now()));
  request.set_revision(revision_);
  request.set_note(note_);
  request.set_validate_only(check_only_);
  for (const std::string& text : migrations_) {
    EDIRAE_ASSIGN_OR_RETURN(*request.add_migrations(), ParseMigration(text, note_));
  }
  EDIRAE_ASSIGN_OR_RETURN(const auto response, session.Call(&Session::Authoring::Stub::RollbackRevision, request));
  return Tell(response, check_only_, session_.json, {});
}

absl::Status PublishCommands::List() const {
  const Session session(session_);
  EDIRAE_ASSIGN_OR_RETURN(const auto revisions, ListRevisions(session, count_));
  const Style style = Style::ForStdout();
  for (const catalog::v1::Revision& revision : revisions) {
    if (session_.json) {
      std::cout << ToJson(revision, false) << "\n";
    } else {
      PrintRevision(revision, style);
    }
  }
  return absl::OkStatus();
}

}  // namespace edirae::cli
