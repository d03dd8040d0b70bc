#ifndef EDIRAE_SERVICES_RECOMMEND_ADAPTERS_POSTGRES_CHECKPOINT_STORE_H_
#define EDIRAE_SERVICES_RECOMMEND_ADAPTERS_POSTGRES_CHECKPOINT_STORE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/postgres/session.h"
#include "services/recommend/domain/checkpoint_store.h"

namespace edirae::recommend {

// Checkpoints in a PostgreSQL database that replicas share, and that is recommend's alone. What is saved is of those
// partitions only that the claims still hold: claiming one waits for saves under way, and refuses all later ones.
class PostgresCheckpointStore final : public CheckpointStore {
 public:
  // Makes the tables when they are not there. `fold` names how states are made of events: a store whose states were
  // made in another way is emptied, becomes a new one, and takes the partitions from everybody. FAILED_PRECONDITION
  // when a newer program changed the tables; otherwise errors of postgres::Connection.
  static absl::StatusOr<std::unique_ptr<PostgresCheckpointStore>> Open(const std::string& url, const std::string& fold);

  const std::string& store_id() const override { return store_id_; }
  absl::StatusOr<std::shared_ptr<const LearnerState>> Load(const std::string& learner_id) override;
  absl::StatusOr<std::vector<int>> Save(const std::vector<std::shared_ptr<const LearnerState>>& states,
                                        const Claims& claims) override;
  absl::Status Probe() override;

 private:
  PostgresCheckpointStore(const std::string& url, std::string store_id);

  const std::string store_id_;
  postgres::Session writer_;
  postgres::Session reader_;  // so that loads do not wait for a commit
};

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_ADAPTERS_POSTGRES_CHECKPOINT_STORE_H_
