#ifndef EDIRAE_SERVICES_RECOMMEND_ADAPTERS_SQLITE_CHECKPOINT_STORE_H_
#define EDIRAE_SERVICES_RECOMMEND_ADAPTERS_SQLITE_CHECKPOINT_STORE_H_

#include <SQLiteCpp/Statement.h>

#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "common/sql/database.h"
#include "common/sql/folder_lock.h"
#include "services/recommend/domain/checkpoint_store.h"

namespace edirae::recommend {

// Checkpoints in the SQLite file `recommend.db` of a folder that it holds exclusively; WAL, synchronous=FULL.
class SqliteCheckpointStore final : public CheckpointStore {
 public:
  // Creates folder and file when absent. `fold` names how states are made of events: a store whose states were made in
  // another way is emptied and becomes a new one, so that they are made anew. FAILED_PRECONDITION when another process
  // or object holds the folder, or the file was written by a newer program; otherwise the errors of sql::OpenReadWrite.
  static absl::StatusOr<std::unique_ptr<SqliteCheckpointStore>> Open(const std::string& folder,
                                                                     const std::string& fold);

  const std::string& store_id() const override { return store_id_; }
  absl::StatusOr<std::shared_ptr<const LearnerState>> Load(const std::string& learner_id) override;
  absl::StatusOr<std::vector<int>> Save(const std::vector<std::shared_ptr<const LearnerState>>& states,
                                        const Claims& claims) override;
  absl::Status Probe() override;

  // How far the stream has been read; what was never written is not there. Errors of the storage.
  absl::StatusOr<ReadPlaces> LoadPlaces();
  // All of them or none; durable when it returns OK.
  absl::Status SavePlaces(const ReadPlaces& places);

 private:
  // Throws SQLite::Exception.
  SqliteCheckpointStore(sql::FolderLock lock, std::unique_ptr<SQLite::Database> writer,
                        std::unique_ptr<SQLite::Database> reader, std::string store_id);

  const sql::FolderLock lock_;
  const std::string store_id_;
  // Two connections, so that loads do not wait for a commit's fsync.
  std::mutex writer_mutex_;
  const std::unique_ptr<SQLite::Database> writer_ ABSL_PT_GUARDED_BY(writer_mutex_);
  std::mutex reader_mutex_;
  const std::unique_ptr<SQLite::Database> reader_ ABSL_PT_GUARDED_BY(reader_mutex_);
  SQLite::Statement load_ ABSL_GUARDED_BY(reader_mutex_);
};

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_ADAPTERS_SQLITE_CHECKPOINT_STORE_H_
