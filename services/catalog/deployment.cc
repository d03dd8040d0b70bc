#include "services/catalog/deployment.h"

#include <utility>

#include "absl/time/clock.h"
#include "common/log/log.h"
#include "common/status/macros.h"
#include "services/catalog/load_content.h"

namespace edirae::catalog {

absl::Status PublishDeployment(const std::string& folder, const Revisions& revisions, Publisher& publisher) {
  const absl::Time start = absl::Now();
  LoadedContent loaded = LoadContent(folder);
  if (!loaded.findings.empty()) return BadContent(loaded.findings);
  log::Info("loaded content", {{"folder", folder},
                               {"roadmaps", loaded.content.roadmaps_size()},
                               {"questions", loaded.content.questions_size()},
                               {"flashcards", loaded.content.flashcards_size()},
                               {"milliseconds", absl::ToInt64Milliseconds(absl::Now() - start)}});
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
