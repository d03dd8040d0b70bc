#include "common/search/segment.h"

#include <sqlite3.h>

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/search/fingerprint.h"
#include "common/search/fts.h"
#include "common/search/limits.h"
#include "common/search/scoring.h"
#include "common/status/macros.h"

namespace edirae::search {
namespace {

constexpr char kFind[] =
    "SELECT rowid, relevance(documents, ?2) FROM documents WHERE documents MATCH ?1 AND rowid BETWEEN ?3 AND ?4";

auto KindAndGroup(const Document& document) { return std::tie(document.kind, document.group); }

absl::Status CreateTables(sqlite3* db) {
  const std::string create = absl::StrCat(
      "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 8192;",
      "CREATE VIRTUAL TABLE documents USING fts5(title, summary, text, content = '', ", "tokenize = '",
      Tokenizer::kName, "');", "CREATE VIRTUAL TABLE vocabulary USING fts5vocab(documents, row); ",
      "INSERT INTO documents (documents, rank) VALUES ('hashsize', ", limits::kIndexBufferBytes, "); BEGIN;");
  return Execute(db, create.c_str());
}

absl::Status Insert(sqlite3* db, const std::vector<Document>& documents, const std::function<bool()>& cancelled) {
  EDIRAE_ASSIGN_OR_RETURN(const Statement insert,
                          Prepare(db, "INSERT INTO documents (rowid, title, summary, text) VALUES (?1, ?2, ?3, ?4)"));
  for (size_t i = 0; i < documents.size(); ++i) {
    if (cancelled()) return absl::CancelledError("no longer wanted");
    sqlite3_bind_int64(insert.get(), 1, static_cast<int64_t>(i));
    BindText(insert.get(), 2, documents[i].title);
    BindText(insert.get(), 3, documents[i].summary);
    BindText(insert.get(), 4, documents[i].text);
    EDIRAE_RETURN_IF_ERROR(CheckSqlite(db, sqlite3_step(insert.get())));
    sqlite3_reset(insert.get());
  }
  return Execute(db, "INSERT INTO documents (documents) VALUES ('optimize'); COMMIT;");
}

// Fills the vocabulary and says how many words there are in all.
absl::StatusOr<double> ReadVocabulary(sqlite3* db, Vocabulary& vocabulary) {
  EDIRAE_ASSIGN_OR_RETURN(const Statement select, Prepare(db, "SELECT term, doc, cnt FROM vocabulary ORDER BY term"));
  double words = 0;
  int code = sqlite3_step(select.get());
  for (; code == SQLITE_ROW; code = sqlite3_step(select.get())) {
    const auto* term = reinterpret_cast<const char*>(sqlite3_column_text(select.get(), 0));
    vocabulary.Add({term, static_cast<size_t>(sqlite3_column_bytes(select.get(), 0))},
                   static_cast<uint32_t>(sqlite3_column_int64(select.get(), 1)));
    words += static_cast<double>(sqlite3_column_int64(select.get(), 2));
  }
  EDIRAE_RETURN_IF_ERROR(CheckSqlite(db, code));
  return words;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Segment::Reader>> Segment::Reader::Open(unsigned char* bytes, size_t size) {
  auto reader = std::make_unique<Reader>();
  EDIRAE_ASSIGN_OR_RETURN(reader->db_, OpenInMemory());
  sqlite3* const db = reader->db_.get();
  const auto signed_size = static_cast<sqlite3_int64>(size);
  EDIRAE_RETURN_IF_ERROR(
      CheckSqlite(db, sqlite3_deserialize(db, "main", bytes, signed_size, signed_size, SQLITE_DESERIALIZE_READONLY)));
  // Reads pages where they lie instead of copying them into a cache of the connection.
  EDIRAE_RETURN_IF_ERROR(Execute(db, absl::StrCat("PRAGMA mmap_size = ", size).c_str()));
  EDIRAE_RETURN_IF_ERROR(AddRelevance(db));
  EDIRAE_ASSIGN_OR_RETURN(reader->tokenizer_, Tokenizer::For(db));
  EDIRAE_ASSIGN_OR_RETURN(reader->find_, Prepare(db, kFind));
  return reader;
}

absl::Status Segment::Reader::Find(const std::string& expression, const Plan& plan, const Run& run,
                                   const std::vector<bool>& removed, std::vector<Match>& matches) const {
  sqlite3_stmt* const find = find_.get();
  BindText(find, 1, expression);
  BindPlan(find, 2, plan);
  sqlite3_bind_int64(find, 3, static_cast<int64_t>(run.begin));
  sqlite3_bind_int64(find, 4, static_cast<int64_t>(run.end) - 1);
  size_t found = 0;
  int code = sqlite3_step(find);
  for (; code == SQLITE_ROW && found < limits::kMaxCandidates; code = sqlite3_step(find)) {
    const auto place = static_cast<size_t>(sqlite3_column_int64(find, 0));
    if (!removed.empty() && removed[place]) continue;
    matches.push_back({place, sqlite3_column_double(find, 1)});
    ++found;
  }
  absl::Status status = CheckSqlite(db_.get(), code);
  sqlite3_reset(find);
  sqlite3_clear_bindings(find);
  return status;
}

void Segment::FreeBytes::operator()(unsigned char* bytes) const { sqlite3_free(bytes); }

Segment::Segment(std::vector<Document> documents) : documents_(std::move(documents)) {
  std::stable_sort(documents_.begin(), documents_.end(),
                   [](const Document& a, const Document& b) { return KindAndGroup(a) < KindAndGroup(b); });
  fingerprints_.reserve(documents_.size());
  for (size_t i = 0; i < documents_.size(); ++i) fingerprints_.emplace_back(FingerprintOf(documents_[i]), i);
  std::sort(fingerprints_.begin(), fingerprints_.end());
}

Segment::~Segment() = default;

absl::StatusOr<std::shared_ptr<const Segment>> Segment::Build(std::vector<Document> documents,
                                                              const std::function<bool()>& cancelled) {
  std::shared_ptr<Segment> segment(new Segment(std::move(documents)));
  EDIRAE_RETURN_IF_ERROR(segment->Fill(cancelled));
  return segment;
}

absl::Status Segment::Fill(const std::function<bool()>& cancelled) {
  EDIRAE_ASSIGN_OR_RETURN(const Database db, OpenInMemory());
  EDIRAE_RETURN_IF_ERROR(CreateTables(db.get()));
  EDIRAE_RETURN_IF_ERROR(Insert(db.get(), documents_, cancelled));
  EDIRAE_ASSIGN_OR_RETURN(words_, ReadVocabulary(db.get(), vocabulary_));
  sqlite3_int64 size = 0;
  bytes_.reset(sqlite3_serialize(db.get(), "main", &size, 0));
  if (bytes_ == nullptr) return absl::ResourceExhaustedError("no memory for a search index");
  size_ = static_cast<size_t>(size);
  return absl::OkStatus();
}

std::vector<Segment::Run> Segment::RunsFor(const Query& query) const {
  std::vector<Run> runs;
  for (size_t begin = 0; begin < documents_.size();) {
    const int kind = documents_[begin].kind;
    const auto from = documents_.begin() + static_cast<ptrdiff_t>(begin);
    const auto until =
        std::partition_point(from, documents_.end(), [&](const Document& it) { return it.kind == kind; });
    const bool wanted =
        query.kinds.empty() || std::find(query.kinds.begin(), query.kinds.end(), kind) != query.kinds.end();
    const auto first = query.group.empty() ? from : std::partition_point(from, until, [&](const Document& it) {
      return it.group < query.group;
    });
    const auto last = query.group.empty() ? until : std::partition_point(first, until, [&](const Document& it) {
      return it.group == query.group;
    });
    if (wanted && first != last) {
      runs.push_back({static_cast<size_t>(first - documents_.begin()), static_cast<size_t>(last - documents_.begin())});
    }
    begin = static_cast<size_t>(until - documents_.begin());
  }
  return runs;
}

absl::StatusOr<std::unique_ptr<Segment::Reader>> Segment::TakeReader() const {
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      std::unique_ptr<Reader> reader = std::move(idle_.back());
      idle_.pop_back();
      return reader;
    }
  }
  return Reader::Open(bytes_.get(), size_);
}

void Segment::GiveBack(std::unique_ptr<Reader> reader) const {
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(reader));
}

}  // namespace edirae::search
