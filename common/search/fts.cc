#include "common/search/fts.h"

#include <array>

#include "absl/strings/str_cat.h"
#include "common/status/macros.h"

namespace edirae::search {
namespace {

constexpr int kTokenizeReason = FTS5_TOKENIZE_DOCUMENT;

int PassOn(void* context, int /*flags*/, const char* word, int size, int begin, int end) {
  const auto& on_word = *static_cast<const Tokenizer::OnWord*>(context);
  const bool more = on_word({word, static_cast<size_t>(size)}, static_cast<size_t>(begin), static_cast<size_t>(end));
  return more ? SQLITE_OK : SQLITE_DONE;
}

}  // namespace

absl::Status CheckSqlite(sqlite3* db, int code) {
  if (code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE) return absl::OkStatus();
  return absl::InternalError(absl::StrCat("search index: ", sqlite3_errmsg(db), " (code ", code, ")"));
}

absl::StatusOr<Database> OpenInMemory() {
  sqlite3* opened = nullptr;
  const int code =
      sqlite3_open_v2(":memory:", &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
  Database db(opened);
  EDIRAE_RETURN_IF_ERROR(CheckSqlite(opened, code));
  return db;
}

absl::Status Execute(sqlite3* db, const char* sql) {
  return CheckSqlite(db, sqlite3_exec(db, sql, nullptr, nullptr, nullptr));
}

absl::StatusOr<Statement> Prepare(sqlite3* db, const char* sql) {
  sqlite3_stmt* prepared = nullptr;
  EDIRAE_RETURN_IF_ERROR(CheckSqlite(db, sqlite3_prepare_v2(db, sql, -1, &prepared, nullptr)));
  return Statement(prepared);
}

void BindText(sqlite3_stmt* statement, int place, absl::string_view text) {
  sqlite3_bind_text64(statement, place, text.empty() ? "" : text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
}

absl::StatusOr<fts5_api*> FtsOf(sqlite3* db) {
  EDIRAE_ASSIGN_OR_RETURN(const Statement statement, Prepare(db, "SELECT fts5(?1)"));
  fts5_api* api = nullptr;
  sqlite3_bind_pointer(statement.get(), 1, static_cast<void*>(&api), "fts5_api_ptr", nullptr);
  EDIRAE_RETURN_IF_ERROR(CheckSqlite(db, sqlite3_step(statement.get())));
  if (api == nullptr) return absl::InternalError("this SQLite has no FTS5");
  return api;
}

absl::StatusOr<std::unique_ptr<Tokenizer>> Tokenizer::For(sqlite3* db) {
  EDIRAE_ASSIGN_OR_RETURN(fts5_api* const api, FtsOf(db));
  void* context = nullptr;
  fts5_tokenizer methods;
  EDIRAE_RETURN_IF_ERROR(CheckSqlite(db, api->xFindTokenizer(api, "unicode61", &context, &methods)));
  std::array<const char*, 2> options = {"remove_diacritics", "2"};
  Fts5Tokenizer* instance = nullptr;
  EDIRAE_RETURN_IF_ERROR(
      CheckSqlite(db, methods.xCreate(context, options.data(), static_cast<int>(options.size()), &instance)));
  return std::unique_ptr<Tokenizer>(new Tokenizer(methods, instance));
}

Tokenizer::~Tokenizer() { methods_.xDelete(instance_); }

void Tokenizer::Cut(absl::string_view text, const OnWord& on_word) const {
  methods_.xTokenize(instance_, const_cast<OnWord*>(&on_word), kTokenizeReason, text.data(),
                     static_cast<int>(text.size()), PassOn);
}

}  // namespace edirae::search
