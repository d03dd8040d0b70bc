#include "services/catalog/deployment.h"

#include <limits>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/log/log.h"
#include "common/status/macros.h"
#include "services/catalog/load_content.h"

namespace edirae::catalog {

namespace {

constexpr int kPage = 100;  // revisions looked at at once

struct History {
  std::string deployed;  // digest of the newest revision that a deployment published; empty when none did
  int64_t head = 0;      // the newest revision; 0 when there is none
  std::string head_digest;
  std::string head_author;
};

absl::StatusOr<History> HistoryOf(RevisionStore& store) {
  History history;
  int64_t before = std::numeric_limits<int64_t>::max();
  while (before > 1) {
    EDIRAE_ASSIGN_OR_RETURN(const std::vector<RevisionRecord> page, store.List(before, kPage));
    for (const RevisionRecord& record : page) {
      if (history.head == 0) {
        history.head = record.number;
        history.head_digest = record.digest;
        history.head_author = record.author;
      }
      if (record.author != kDeploymentAuthor) continue;
      history.deployed = record.digest;
      return history;
    }
    before = page.empty() ? 1 : page.back().number;
  }
  return history;
}

absl::Status WouldUndo(const History& history, const std::string& folder) {
  return absl::FailedPreconditionError(
      absl::StrCat("revision ", history.head, " was published by ", history.head_author, ", and ", folder,
                   " does not build on it: see what would change with `edirae catalog diff newest ", folder,
                   "`, and publish it with `edirae catalog publish ", folder, "`"));
}

}  // namespace

absl::Status PublishDeployment(const std::string& folder, RevisionStore& store, Publisher& publisher) {
  const absl::Time start = absl::Now();
  LoadedContent loaded = LoadContent(folder);
  if (!loaded.findings.empty()) return BadContent(loaded.findings);
  log::Info("loaded content", {{"folder", folder},
                               {"roadmaps", loaded.content.roadmaps_size()},
                               {"questions", loaded.content.questions_size()},
                               {"flashcards", loaded.content.flashcards_size()},
                               {"milliseconds", absl::ToInt64Milliseconds(absl::Now() - start)}});
  EDIRAE_ASSIGN_OR_RETURN(const History history, HistoryOf(store));
  const std::string digest = PublishedDigest(loaded.content);
  if (digest == history.deployed || digest == history.head_digest) return absl::OkStatus();
  if (history.head != 0 && history.head_author != kDeploymentAuthor) return WouldUndo(history, folder);
  EDIRAE_ASSIGN_OR_RETURN(
      const PublishOutcome outcome,
      publisher.Publish({.content = std::move(loaded.content), .sources = std::move(loaded.sources), .validated = true},
                        {.author = kDeploymentAuthor,
                         .note = "content of the deployment",
                         .request_id = "",
                         .expected_head = history.head}));
  return outcome.findings.empty() ? absl::OkStatus() : BadContent(outcome.findings);
}

}  // namespace edirae::catalog
