#ifndef EDIRAE_CLI_CATALOG_PUBLISHED_H_
#define EDIRAE_CLI_CATALOG_PUBLISHED_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "cli/client/session.h"
#include "edirae/catalog/v1/authoring_service.pb.h"
#include "edirae/catalog/v1/revision_service.pb.h"

// What a running platform has published, as an author's token sees it. Errors are those of `AuthoringService`.
namespace edirae::cli {

// The content of a revision, keys included; 0 for the newest.
absl::StatusOr<catalog::v1::RevisionContent> FetchContent(const Session& session, int64_t revision);

// Number of the newest revision; 0 when nothing was published yet.
absl::StatusOr<int64_t> NewestRevision(const Session& session);

// The newest revisions, newest first, at most `count`.
absl::StatusOr<std::vector<catalog::v1::Revision>> ListRevisions(const Session& session, int count);

// Publishes content, or only checks it, as `head` says.
absl::StatusOr<catalog::v1::PublishRevisionResponse> Publish(const Session& session,
                                                             const catalog::v1::PublicationHead& head,
                                                             const catalog::v1::RevisionContent& content);

}  // namespace edirae::cli

#endif  // EDIRAE_CLI_CATALOG_PUBLISHED_H_
