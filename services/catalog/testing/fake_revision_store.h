#ifndef EDIRAE_SERVICES_CATALOG_TESTING_FAKE_REVISION_STORE_H_
#define EDIRAE_SERVICES_CATALOG_TESTING_FAKE_REVISION_STORE_H_

#include <mutex>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "services/catalog/domain/revision_store.h"

namespace edirae::catalog::testing {

// Revisions in memory that keep what RevisionStore promises, except that they end with the process. Thread-safe.
class FakeRevisionStore final : public RevisionStore {
 public:
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

  // Replaces what is stored of a revision, as a failing disk would.
  void Damage(int64_t number, std::string content);
  // Answers Append with this from now on; OK ends it.
  void FailAppends(absl::Status error);

 private:
  struct Entry {
    RevisionRecord record;
    std::string content;
  };

  std::mutex mutex_;
  std::vector<Entry> entries_ ABSL_GUARDED_BY(mutex_);  // revision n at n - 1
  AnnouncedMark announced_ ABSL_GUARDED_BY(mutex_);
  absl::Status append_error_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace edirae::catalog::testing

#endif  // EDIRAE_SERVICES_CATALOG_TESTING_FAKE_REVISION_STORE_H_
