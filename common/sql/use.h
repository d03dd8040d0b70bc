#ifndef EDIRAE_COMMON_SQL_USE_H_
#define EDIRAE_COMMON_SQL_USE_H_

#include <SQLiteCpp/Statement.h>

namespace edirae::sql {

// A prepared statement in use; whatever happens, it is ready for the next use afterwards, and reads no longer.
class Use {
 public:
  explicit Use(SQLite::Statement& statement) : statement_(statement) {}
  Use(const Use&) = delete;
  Use& operator=(const Use&) = delete;
  ~Use() { statement_.tryReset(); }
  SQLite::Statement* operator->() { return &statement_; }

 private:
  SQLite::Statement& statement_;
};

}  // namespace edirae::sql

#endif  // EDIRAE_COMMON_SQL_USE_H_
