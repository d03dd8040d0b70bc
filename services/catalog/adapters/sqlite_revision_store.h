#ifndef EDIRAE_SERVICES_CATALOG_ADAPTERS_SQLITE_REVISION_STORE_H_
#define EDIRAE_SERVICES_CATALOG_ADAPTERS_SQLITE_REVISION_STORE_H_

#include <SQLiteCpp/Database.h>

#include <memory>
#include <mutex>
#include <string>

#include "common/sql/folder_lock.h"
#include "services/catalog/domain/revision_store.h"

namespace edirae::catalog {

// Revisions in one SQLite file, `catalog.db` of its data folder, in WAL with synchronous=FULL, the content compressed.
// Holds the folder's lock, so that there is one writer. Thread-safe: publishing is rare, one connection does
// everything.
class SqliteRevisionStore final : public RevisionStore {
 public:
  // FAILED_PRECONDITION when another process holds the folder or the file is of a newer version; errors of
  // sql::OpenReadWrite.
  static absl::StatusOr<std::unique_ptr<SqliteRevisionStore>> Open(const std::string& folder);
  ~SqliteRevisionStore() override;

  StagedContent Stage(absl::string_view content) override;
  absl::StatusOr<RevisionRecord> Append(const NewRevision& revision, int64_t expected_head) override;
  absl::StatusOr<std::optional<RevisionRecord>> Head() override;
  absl::StatusOr<RevisionRecord> Find(int64_t number) override;
  absl::StatusOr<std::optional<RevisionRecord>> FindRequest(const std::string& author,
                                                            const std::string& request_id) override;
  absl::StatusOr<std::vector<RevisionRecord>> List(int64_t before, int max) override;
  absl::StatusOr<std::string> ReadContent(int64_t number) override;
  absl::StatusOr<AnnouncedMark> ReadAnnounced() override;
  absl::Status SaveAnnounced(const AnnouncedMark& mark) override;

 private:
  SqliteRevisionStore(sql::FolderLock lock, std::unique_ptr<SQLite::Database> db);

  const sql::FolderLock lock_;
  std::mutex mutex_;
  const std::unique_ptr<SQLite::Database> db_;  // used under the mutex
};

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_ADAPTERS_SQLITE_REVISION_STORE_H_
