#include "common/postgres/rows.h"

namespace edirae::postgres {

int64_t Rows::Int(int row, int column) const {
  const auto* bytes = reinterpret_cast<const unsigned char*>(PQgetvalue(result_.get(), row, column));
  const int size = PQgetlength(result_.get(), row, column);
  if (size == 0) return 0;
  uint64_t value = (bytes[0] & 0x80) != 0 ? ~uint64_t{0} : 0;  // the sign
  for (int i = 0; i < size; ++i) value = value << 8 | bytes[i];
  return static_cast<int64_t>(value);
}

std::string Rows::Bytes(int row, int column) const {
  return std::string(PQgetvalue(result_.get(), row, column),
                     static_cast<size_t>(PQgetlength(result_.get(), row, column)));
}

}  // namespace edirae::postgres
