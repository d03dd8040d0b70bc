#include "services/progress/adapters/index_files.h"

#include <endian.h>
#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/sst_file_writer.h>
#include <rocksdb/table.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/log/log.h"
#include "common/status/macros.h"
#include "services/progress/limits.h"
#include "xxhash.h"

namespace edirae::progress {
namespace {

// Keys: <XXH64 of the learner id> <learner id> NUL 's' <sequence> and the same <XXH64> <learner id> NUL 'r' <request
// id>; values: the position. Numbers have 8 bytes, big-endian; ids hold no NUL. The mark sorts behind them all: no id
// begins with 0xff.
constexpr absl::string_view kMarkKey("\xff\xff\xff\xff\xff\xff\xff\xff\xffmark");
constexpr absl::string_view kWipedKey("\xff\xff\xff\xff\xff\xff\xff\xff\xffwiped");  // says nothing
constexpr char kSeqTag = 's';
constexpr char kRequestTag = 'r';
constexpr size_t kNumberSize = sizeof(uint64_t);

void AppendNumber(uint64_t number, std::string& to) {
  const uint64_t bytes = htobe64(number);
  to.append(reinterpret_cast<const char*>(&bytes), kNumberSize);
}

uint64_t Number(rocksdb::Slice bytes, size_t offset = 0) {
  if (bytes.size() < offset + kNumberSize) return 0;
  uint64_t number;
  std::memcpy(&number, bytes.data() + offset, kNumberSize);
  return be64toh(number);
}

std::string Prefix(absl::string_view learner_id, char tag, size_t room) {
  std::string key;
  key.reserve(kNumberSize + learner_id.size() + 2 + room);
  AppendNumber(XXH64(learner_id.data(), learner_id.size(), 0), key);
  key.append(learner_id.data(), learner_id.size());
  key.push_back('\0');
  key.push_back(tag);
  return key;
}

std::string SeqKey(absl::string_view learner_id, int64_t seq) {
  std::string key = Prefix(learner_id, kSeqTag, kNumberSize);
  AppendNumber(static_cast<uint64_t>(seq), key);
  return key;
}

std::string RequestKeyOf(absl::string_view learner_id, absl::string_view request_id) {
  std::string key = Prefix(learner_id, kRequestTag, request_id.size());
  key.append(request_id.data(), request_id.size());
  return key;
}

// The first and the last but one of all keys that can be of a learner.
std::pair<std::string, std::string> RangeOf(const std::string& learner_id) {
  std::string first = Prefix(learner_id, kRequestTag, 0);
  first.pop_back();
  std::string behind = first;
  behind.back() = '\1';
  return {std::move(first), std::move(behind)};
}

std::string MarkValue(const IndexMark& mark) {
  std::string value;
  AppendNumber(static_cast<uint64_t>(mark.position), value);
  AppendNumber(mark.fingerprint, value);
  return value;
}

// A log would be one more place to wipe.
rocksdb::WriteOptions Unlogged() {
  rocksdb::WriteOptions unlogged;
  unlogged.disableWAL = true;
  return unlogged;
}

rocksdb::ReadOptions OneLearner() {
  rocksdb::ReadOptions options;
  options.prefix_same_as_start = true;
  return options;
}

rocksdb::Slice ToSlice(absl::string_view text) { return {text.data(), text.size()}; }

absl::Status ToStatus(const rocksdb::Status& status) {
  if (status.ok()) return absl::OkStatus();
  const std::string message = absl::StrCat("the ledger's index: ", status.ToString());
  if (status.IsNoSpace()) return absl::ResourceExhaustedError(message);
  if (status.IsCorruption()) return absl::DataLossError(message);
  return absl::UnavailableError(message);
}

rocksdb::Options IndexOptions() {
  rocksdb::BlockBasedTableOptions table;
  // By default the cache has so many shards that none of them could hold the filter of a large file, which was then
  // read for each look-up.
  table.block_cache = rocksdb::NewLRUCache(limits::kIndexCacheBytes, /*num_shard_bits=*/1);
  table.cache_index_and_filter_blocks = true;  // so that the cache bounds them too
  table.pin_l0_filter_and_index_blocks_in_cache = true;
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  rocksdb::Options options;
  options.create_if_missing = true;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  // The filters know learners, too, so that reading a history opens only the files that have a part of it.
  options.prefix_extractor.reset(rocksdb::NewFixedPrefixTransform(kNumberSize));
  options.compression = rocksdb::kNoCompression;  // hashes and ids hardly shrink, and each read pays for it
  options.max_background_jobs = 2;
  options.max_open_files = limits::kMaxIndexFiles;
  options.bytes_per_sync = 1 << 20;  // no long syncs beside those that answers wait for
  options.keep_log_file_num = 2;
  options.max_log_file_size = 1 << 20;
  options.stats_dump_period_sec = 0;
  // Both would keep keys of learners who were erased: a list of files names the first and last key of each, and the log
  // the range of each compaction that was asked for.
  options.max_manifest_file_size = 1;
  options.info_log_level = rocksdb::WARN_LEVEL;
  return options;
}

}  // namespace

IndexFiles::IndexFiles(std::string folder) : folder_(std::move(folder)) {}

IndexFiles::~IndexFiles() = default;

absl::StatusOr<std::unique_ptr<IndexFiles>> IndexFiles::Open(const std::string& folder) {
  auto index = std::unique_ptr<IndexFiles>(new IndexFiles(folder));
  absl::Status status = index->OpenDatabase();
  if (absl::IsDataLoss(status)) {
    log::Warn("the ledger's index is damaged and will be made again", {{"error", status}});
    status = index->Clear();
  }
  if (!status.ok()) return status;
  return index;
}

absl::Status IndexFiles::OpenDatabase() {
  rocksdb::DB* opened = nullptr;
  const rocksdb::Options options = IndexOptions();
  EDIRAE_RETURN_IF_ERROR(ToStatus(rocksdb::DB::Open(options, folder_, &opened)));
  db_.reset(opened);
  options.env->LowerThreadPoolCPUPriority(rocksdb::Env::HIGH);
  options.env->LowerThreadPoolCPUPriority(rocksdb::Env::LOW);
  return absl::OkStatus();
}

absl::Status IndexFiles::Clear() {
  db_.reset();
  EDIRAE_RETURN_IF_ERROR(ToStatus(rocksdb::DestroyDB(folder_, rocksdb::Options())));
  return OpenDatabase();
}

absl::Status IndexFiles::Forget(const std::string& learner_id, const IndexMark& mark) {
  std::error_code ignored;
  std::filesystem::remove(NextFile(), ignored);  // of a try to add that failed
  EDIRAE_ASSIGN_OR_RETURN(const int64_t last_seq, LastSeq(learner_id));
  const auto [first, behind] = RangeOf(learner_id);
  rocksdb::WriteBatch batch;
  rocksdb::Status status;
  // A deletion of nothing would itself name the learner, for ever: no compaction would meet it.
  if (last_seq > 0) status = batch.DeleteRange(first, behind);
  if (status.ok()) status = batch.Put(ToSlice(kMarkKey), MarkValue(mark));
  if (status.ok()) status = db_->Write(Unlogged(), &batch);
  return ToStatus(status.ok() ? db_->Flush(rocksdb::FlushOptions()) : status);
}

absl::Status IndexFiles::Wipe(const std::string& learner_id) {
  const auto [first, behind] = RangeOf(learner_id);
  const rocksdb::Slice from(first), to(behind);
  rocksdb::CompactRangeOptions whole;
  whole.exclusive_manual_compaction = false;
  whole.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForceOptimized;
  EDIRAE_RETURN_IF_ERROR(ToStatus(db_->CompactRange(whole, &from, &to)));
  // The list of files, which begins anew with each change, told of the files before this one too: so change it once
  // more.
  EDIRAE_RETURN_IF_ERROR(ToStatus(db_->Put(Unlogged(), ToSlice(kWipedKey), "")));
  EDIRAE_RETURN_IF_ERROR(ToStatus(db_->Flush(rocksdb::FlushOptions())));
  return ToStatus(db_->EnableFileDeletions());  // removes what is obsolete now, not some time later
}

absl::StatusOr<IndexMark> IndexFiles::mark() {
  std::string value;
  const rocksdb::Status status = db_->Get(rocksdb::ReadOptions(), ToSlice(kMarkKey), &value);
  if (status.IsNotFound()) return IndexMark{};
  EDIRAE_RETURN_IF_ERROR(ToStatus(status));
  return IndexMark{static_cast<int64_t>(Number(value)), Number(value, kNumberSize)};
}

absl::Status IndexFiles::Add(std::span<const IndexedEvent> events, const IndexMark& mark) {
  std::vector<std::pair<std::string, int64_t>> entries;  // in order of the keys, which then lie side by side
  entries.reserve(events.size() * 2);
  for (const IndexedEvent& event : events) {
    entries.emplace_back(SeqKey(event.learner_id, event.learner_seq), event.position);
    if (!event.request_id.empty()) {
      entries.emplace_back(RequestKeyOf(event.learner_id, event.request_id), event.position);
    }
  }
  std::ranges::sort(entries);
  EDIRAE_RETURN_IF_ERROR(ToStatus(WriteFile(entries, mark)));
  rocksdb::IngestExternalFileOptions take;
  take.move_files = true;
  absl::Status added = ToStatus(db_->IngestExternalFile({NextFile()}, take));
  if (!added.ok()) db_->Resume().PermitUncheckedError();  // so that the next try may go better than this one
  return added;
}

rocksdb::Status IndexFiles::WriteFile(const std::vector<std::pair<std::string, int64_t>>& entries,
                                      const IndexMark& mark) {
  rocksdb::SstFileWriter file(rocksdb::EnvOptions(), IndexOptions());
  rocksdb::Status status = file.Open(NextFile());
  std::string value;
  for (const auto& [key, position] : entries) {
    if (!status.ok()) return status;
    value.clear();
    AppendNumber(static_cast<uint64_t>(position), value);
    status = file.Put(key, value);
  }
  if (!status.ok()) return status;
  status = file.Put(ToSlice(kMarkKey), MarkValue(mark));
  return status.ok() ? file.Finish() : status;
}

std::string IndexFiles::NextFile() const { return absl::StrCat(folder_, "/next"); }

absl::StatusOr<std::vector<std::optional<int64_t>>> IndexFiles::FindRequests(std::span<const RequestKey> keys) {
  std::vector<std::string> wanted;
  wanted.reserve(keys.size());
  for (const RequestKey& key : keys) wanted.push_back(RequestKeyOf(key.learner_id, key.request_id));
  return Find(wanted);
}

absl::StatusOr<std::vector<std::optional<int64_t>>> IndexFiles::Find(const std::vector<std::string>& keys) {
  std::vector<rocksdb::Slice> slices(keys.begin(), keys.end());
  std::vector<rocksdb::PinnableSlice> values(keys.size());
  std::vector<rocksdb::Status> statuses(keys.size());
  db_->MultiGet(rocksdb::ReadOptions(), db_->DefaultColumnFamily(), keys.size(), slices.data(), values.data(),
                statuses.data());
  std::vector<std::optional<int64_t>> found(keys.size());
  for (size_t i = 0; i < keys.size(); ++i) {
    if (statuses[i].IsNotFound()) continue;
    EDIRAE_RETURN_IF_ERROR(ToStatus(statuses[i]));
    found[i] = static_cast<int64_t>(Number(values[i]));
  }
  return found;
}

absl::StatusOr<IndexedHistory> IndexFiles::Positions(const std::string& learner_id, int64_t after_seq, int max_events) {
  const std::string prefix = Prefix(learner_id, kSeqTag, 0);
  const std::unique_ptr<rocksdb::Iterator> at(db_->NewIterator(OneLearner()));
  IndexedHistory history;
  for (at->Seek(SeqKey(learner_id, after_seq + 1)); at->Valid() && at->key().starts_with(prefix); at->Next()) {
    if (static_cast<int>(history.positions.size()) == max_events) break;
    history.positions.push_back(static_cast<int64_t>(Number(at->value())));
    history.last_seq = static_cast<int64_t>(Number(at->key(), prefix.size()));
  }
  EDIRAE_RETURN_IF_ERROR(ToStatus(at->status()));
  return history;
}

absl::StatusOr<int64_t> IndexFiles::LastSeq(const std::string& learner_id) {
  const std::string prefix = Prefix(learner_id, kSeqTag, 0);
  const std::unique_ptr<rocksdb::Iterator> at(db_->NewIterator(OneLearner()));
  at->SeekForPrev(SeqKey(learner_id, std::numeric_limits<int64_t>::max()));
  EDIRAE_RETURN_IF_ERROR(ToStatus(at->status()));
  if (!at->Valid() || !at->key().starts_with(prefix)) return 0;
  return static_cast<int64_t>(Number(at->key(), prefix.size()));
}

}  // namespace edirae::progress
