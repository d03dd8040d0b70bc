#include "services/recommend/adapters/partition_keeper.h"

#include <utility>

#include "common/log/log.h"
#include "common/process/this_thread.h"
#include "services/recommend/limits.h"

namespace edirae::recommend {

PartitionKeeper::Counts::Counts(Metrics& metrics)
    : owned(metrics.Gauge("edirae_recommend_partitions_owned", "Partitions that this replica has claimed.")),
      gained(metrics.Counter("edirae_recommend_partitions_gained_total", "Partitions claimed, so far.")),
      lost(metrics.Counter("edirae_recommend_partitions_lost_total",
                           "Partitions that another replica claimed from this one, so far.")),
      failures(metrics.Counter("edirae_recommend_claim_failures_total", "Renewals of claims that failed.")) {}

PartitionKeeper::PartitionKeeper(PartitionTable& table, OwnedPartitions& owned, int ordinal, int replicas,
                                 std::function<ReadPlaces()> places, Metrics& metrics)
    : table_(table),
      owned_(owned),
      ordinal_(ordinal),
      replicas_(replicas),
      places_(std::move(places)),
      counts_(metrics) {
  Renew();
  thread_ = std::thread([this] { Run(); });
}

PartitionKeeper::~PartitionKeeper() { Stop(); }

PartitionKeeper::Changes PartitionKeeper::TakeChanges() {
  const std::lock_guard lock(mutex_);
  return std::exchange(changes_, Changes());
}

void PartitionKeeper::WaitForChanges(absl::Duration at_most) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, absl::ToChronoMilliseconds(at_most),
                    [this] { return changes_.lost.any() || !changes_.gained.empty(); });
}

void PartitionKeeper::NoteRefused(const std::vector<int>& partitions, const Claims& claims) {
  const std::lock_guard lock(mutex_);
  for (const int partition : partitions) {
    const auto held = claims_.find(partition);
    const auto used = claims.find(partition);
    if (held != claims_.end() && used != claims.end() && used->second == held->second) Lose(partition);
  }
  TellOfChanges();
}

void PartitionKeeper::Stop() {
  {
    const std::lock_guard lock(mutex_);
    if (std::exchange(stopping_, true)) return;
    stop_requested_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
  const std::lock_guard lock(mutex_);
  const absl::Status released = table_.Release(claims_, places_());
  if (!released.ok()) {
    log::Warn("cannot give partitions up; others claim them when the claims have run out", {{"error", released}});
  }
  claims_.clear();
  TellOfChanges();
}

void PartitionKeeper::Run() {
  process::NameThread("partitions");
  while (!Pause()) Renew();
}

bool PartitionKeeper::Pause() {
  std::unique_lock lock(mutex_);
  return stop_requested_.wait_for(lock, absl::ToChronoMilliseconds(limits::kClaimRenewal),
                                  [this] { return stopping_; });
}

void PartitionKeeper::Renew() {
  Claims held;
  {
    const std::lock_guard lock(mutex_);
    held = claims_;
  }
  std::vector<int> wanted;
  for (int partition = ordinal_; partition < kPartitions; partition += replicas_) {
    if (!held.contains(partition)) wanted.push_back(partition);
  }
  const auto rows = table_.Renew(ordinal_, held, places_(), wanted, returning_);
  if (rows.status().code() != std::exchange(last_error_, rows.status().code())) {
    rows.ok() ? log::Info("partitions are claimed again")
              : log::Error("cannot renew claims of partitions; trying again", {{"error", rows.status()}});
  }
  const std::lock_guard lock(mutex_);
  if (!rows.ok()) {
    counts_.failures.Increment();
    if (rows.status().code() != absl::StatusCode::kFailedPrecondition) return;
    for (const auto& [partition, epoch] : held) Lose(partition);  // the store is another's
  } else {
    returning_ = false;
    Compare(*rows, held);
  }
  TellOfChanges();
}

void PartitionKeeper::Compare(const std::vector<PartitionRow>& rows, const Claims& renewed) {
  int gained = 0, lost = 0;
  for (const PartitionRow& row : rows) {
    owned_.SetOwner(row.partition, row.owner);
    const bool was_renewed = renewed.contains(row.partition);
    if (was_renewed && !row.mine && claims_.contains(row.partition)) {
      Lose(row.partition);
      ++lost;
    }
    if (!was_renewed && row.mine) {
      claims_[row.partition] = row.epoch;
      changes_.gained.push_back({.partition = row.partition, .epoch = row.epoch, .place = row.place});
      ++gained;
    }
  }
  counts_.gained.Increment(gained);
  if (gained > 0) log::Info("claimed partitions", {{"count", gained}, {"ordinal", ordinal_}, {"replicas", replicas_}});
  if (lost > 0) log::Warn("another replica has claimed partitions of this one", {{"count", lost}});
}

void PartitionKeeper::Lose(int partition) {
  if (claims_.erase(partition) == 0) return;
  owned_.Lose(partition);
  counts_.lost.Increment();
  changes_.lost.set(static_cast<size_t>(partition));
  std::erase_if(changes_.gained, [partition](const Gain& gain) { return gain.partition == partition; });
}

void PartitionKeeper::TellOfChanges() {
  counts_.owned.Set(static_cast<double>(claims_.size()));
  changed_.notify_all();
}

}  // namespace edirae::recommend
