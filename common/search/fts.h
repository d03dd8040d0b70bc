#ifndef EDIRAE_COMMON_SEARCH_FTS_H_
#define EDIRAE_COMMON_SEARCH_FTS_H_

#include <sqlite3.h>

#include <cstddef>
#include <functional>
#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

// The part of SQLite's C interface that full-text search needs and no C++ wrapper has.
namespace edirae::search {

struct CloseDatabase {
  void operator()(sqlite3* db) const { sqlite3_close_v2(db); }
};
using Database = std::unique_ptr<sqlite3, CloseDatabase>;

struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

// An empty database in memory, for one thread at a time.
absl::StatusOr<Database> OpenInMemory();

// INTERNAL with SQLite's words unless `code` is SQLITE_OK, SQLITE_ROW or SQLITE_DONE.
absl::Status CheckSqlite(sqlite3* db, int code);
absl::Status Execute(sqlite3* db, const char* sql);
absl::StatusOr<Statement> Prepare(sqlite3* db, const char* sql);
void BindText(sqlite3_stmt* statement, int place, absl::string_view text);

// The interface to FTS5 itself; INTERNAL when this SQLite has none.
absl::StatusOr<fts5_api*> FtsOf(sqlite3* db);

// Cuts text into words and folds them (case, accents) exactly as the index does. For one thread at a time; belongs to
// a database, which must outlive it.
class Tokenizer {
 public:
  // What index and tokenizer have in common.
  static constexpr char kName[] = "unicode61 remove_diacritics 2";

  // `word` is folded and valid only during the call; the text has it at bytes `begin` to `end`. False ends the text.
  using OnWord = std::function<bool(absl::string_view word, size_t begin, size_t end)>;

  static absl::StatusOr<std::unique_ptr<Tokenizer>> For(sqlite3* db);
  ~Tokenizer();
  Tokenizer(const Tokenizer&) = delete;
  Tokenizer& operator=(const Tokenizer&) = delete;

  // Any bytes will do: what is no letter or digit separates words.
  void Cut(absl::string_view text, const OnWord& on_word) const;

 private:
  Tokenizer(const fts5_tokenizer& methods, Fts5Tokenizer* instance) : methods_(methods), instance_(instance) {}

  const fts5_tokenizer methods_;
  Fts5Tokenizer* const instance_;
};

}  // namespace edirae::search

#endif  // EDIRAE_COMMON_SEARCH_FTS_H_
