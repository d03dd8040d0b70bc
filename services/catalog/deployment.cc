#include "services/catalog/deployment.h"

#include <limits>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "common/log/log.h"
#include "common/status/macros.h"
#include "services/catalog/load_content.h"

namespace edirae::catalog {

namespace {

constexpr int kPage = 100;  // revisions looked at at once

// Digest of the newest revision that a deployment published; empty when none did.
absl::StatusOr<std::string> LastDeployed(RevisionStore& store) {
  int64_t before = std::numeric_limits<int64_t>::max();
  while (before > 1) {
    EDIRAE_ASSIGN_OR_RETURN(const std::vector<RevisionRecord> page, store.List(before, kPage));
    for (const RevisionRecord& record : page) {
      if (record.author == kDeploymentAuthor) return record.digest;
    }
    before = page.empty() ? 1 : page.back().number;
  }
  return "";
}

}  // namespace

absl::Status PublishDeployment(const std::string& folder, const Revisions& revisions, RevisionStore& store,
                               Publisher& publisher) {
  const absl::Time start = absl::Now();
  LoadedContent loaded = LoadContent(folder);
  if (!loaded.findings.empty()) return BadContent(loaded.findings);
  log::Info("loaded content", {{"folder", folder},
                               {"roadmaps", loaded.content.roadmaps_size()},
                               {"questions", loaded.content.questions_size()},
                               {"flashcards", loaded.content.flashcards_size()},
                               {"milliseconds", absl::ToInt64Milliseconds(absl::Now() - start)}});
  EDIRAE_ASSIGN_OR_RETURN(const std::string deployed, LastDeployed(store));
  if (PublishedDigest(loaded.content) == deployed) return absl::OkStatus();
  const auto current = revisions.Current();
  EDIRAE_ASSIGN_OR_RETURN(
      const PublishOutcome outcome,
      publisher.Publish({.content = std::move(loaded.content), .sources = std::move(loaded.sources), .validated = true},
                        {.author = kDeploymentAuthor,
                         .note = "content of the deployment",
                         .request_id = "",
                         .expected_head = current == nullptr ? 0 : current->revision.number()}));
  return outcome.findings.empty() ? absl::OkStatus() : BadContent(outcome.findings);
}

}  // namespace edirae::catalog
