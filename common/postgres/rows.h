#ifndef EDIRAE_COMMON_POSTGRES_ROWS_H_
#define EDIRAE_COMMON_POSTGRES_ROWS_H_

#include <libpq-fe.h>

#include <cstdint>
#include <memory>
#include <string>

namespace edirae::postgres {

// What a statement returned, in binary form. Rows and columns count from 0 and must be there.
class Rows {
 public:
  explicit Rows(PGresult* result) : result_(result) {}  // takes it over

  int count() const { return PQntuples(result_.get()); }
  bool IsNull(int row, int column) const { return PQgetisnull(result_.get(), row, column) != 0; }
  int64_t Int(int row, int column) const;        // of an int8 or int4; 0 for null
  std::string Bytes(int row, int column) const;  // of a text or bytea; empty for null

 private:
  struct Clear {
    void operator()(PGresult* result) const { PQclear(result); }
  };
  std::unique_ptr<PGresult, Clear> result_;
};

}  // namespace edirae::postgres

#endif  // EDIRAE_COMMON_POSTGRES_ROWS_H_
