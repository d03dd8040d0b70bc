#ifndef EDIRAE_COMMON_POSTGRES_PARAMS_H_
#define EDIRAE_COMMON_POSTGRES_PARAMS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace edirae::postgres {

// The types that parameters may have; the values are PostgreSQL's object ids of them and of their arrays.
enum class Type : unsigned { kBytea = 17, kInt8 = 20, kText = 25 };

// A one-dimensional array in PostgreSQL's binary form.
class Array {
 public:
  Array(Type element, size_t count);

  // Exactly `count` elements, in order, of the array's type.
  void Add(int64_t value);
  void Add(absl::string_view bytes);  // text or bytea
  void AddNull();

 private:
  friend class Params;
  Type element_;
  std::string bytes_;
};

// The parameters $1, $2, ... of a statement, in binary form, which needs no quoting. Owns copies.
class Params {
 public:
  Params& Add(int64_t value);           // int8
  Params& Add(absl::string_view text);  // text
  Params& Add(Array array);
  Params& AddBytes(absl::string_view bytes);  // bytea

  const std::vector<unsigned>& types() const { return types_; }
  const std::vector<std::string>& values() const { return values_; }

 private:
  std::vector<unsigned> types_;
  std::vector<std::string> values_;
};

}  // namespace edirae::postgres

#endif  // EDIRAE_COMMON_POSTGRES_PARAMS_H_
