#ifndef EDIRAE_SERVICES_CATALOG_RPC_PUBLISHER_H_
#define EDIRAE_SERVICES_CATALOG_RPC_PUBLISHER_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/clock/clock.h"
#include "edirae/catalog/v1/revision_service.pb.h"
#include "services/catalog/domain/finding.h"
#include "services/catalog/domain/revision_store.h"
#include "services/catalog/domain/source_map.h"
#include "services/catalog/rpc/revisions.h"

namespace edirae::catalog {

// Content that somebody wants to publish.
struct Draft {
  v1::RevisionContent content;
  SourceMap sources;
  // Whether it has passed `Validate` already.
  bool validated = false;
  // Whether it was published before.
  bool restored = false;
};

// Who publishes, and how.
struct PublishOrder {
  std::string author;
  std::string note;
  std::string request_id;     // tells a retry; empty for none
  int64_t expected_head = 0;  // the newest revision, from which the draft was made; 0 for none
  bool validate_only = false;
};

// What came of it.
struct PublishOutcome {
  // The newest revision; nothing when there are findings, or none was ever published.
  std::optional<RevisionRecord> revision;
  // Whether it is new.
  bool published = false;
  // Why the draft may not be published.
  std::vector<Finding> findings;
};

// Digest of content as it would be published, with its output-only fields filled.
std::string PublishedDigest(const v1::RevisionContent& content);

// Publishes: checks a draft by itself and against the newest revision, records it, then serves it. Thread-safe; one
// publication at a time; blocks on the disk. The references must outlive it.
//
// Errors, apart from those of the store: ABORTED with reason HEAD_MOVED, ALREADY_EXISTS with reason REQUEST_ID_REUSED.
class Publisher {
 public:
  // `on_publish` runs after each publication and must not block.
  Publisher(RevisionStore& store, Revisions& revisions, const Clock& clock, std::function<void()> on_publish = {});

  // Serves the newest recorded revision; nothing to do when there is none. DATA_LOSS when it is damaged.
  absl::Status ServeHead();

  absl::StatusOr<PublishOutcome> Publish(Draft draft, const PublishOrder& order);

  // Publishes the content of `number` again. What was migrated since is turned round, and `migrations` are added, of
  // which it says itself whether their targets are taught already. NOT_FOUND when there is no such revision.
  absl::StatusOr<PublishOutcome> Rollback(int64_t number,
                                          const google::protobuf::RepeatedPtrField<v1::ConceptMigration>& migrations,
                                          const PublishOrder& order);

  // The content of a revision as it was published. NOT_FOUND when there is no such revision.
  absl::StatusOr<v1::RevisionContent> ReadContent(int64_t number);

 private:
  // Brings what is served up to `head`, which may have been published elsewhere.
  absl::Status Serve(const RevisionRecord& head);
  // The newest revision, served. HEAD_MOVED when it is not the one that `order` expects.
  absl::StatusOr<std::optional<RevisionRecord>> ExpectedHead(const PublishOrder& order);
  absl::StatusOr<PublishOutcome> PublishLocked(Draft draft, const PublishOrder& order, int64_t restored_revision);
  absl::StatusOr<RevisionRecord> Record(std::shared_ptr<Publication> next, const PublishOrder& order,
                                        int64_t restored_revision);

  RevisionStore& store_;
  Revisions& revisions_;
  const Clock& clock_;
  const std::function<void()> on_publish_;
  std::mutex publishing_;
};

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_RPC_PUBLISHER_H_
