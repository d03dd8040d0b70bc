#ifndef EDIRAE_SERVICES_CATALOG_ADAPTERS_UTF8_H_
#define EDIRAE_SERVICES_CATALOG_ADAPTERS_UTF8_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/catalog/domain/finding.h"

namespace edirae::catalog {

// Offset of the first byte that does not belong to a character of UTF-8; npos when all do.
size_t FirstInvalidUtf8(absl::string_view text);

// Offset of the first control character other than tab and line end; npos when there is none.
size_t FirstControlCharacter(absl::string_view text);

// Turns byte positions into the columns that editors show. The text must outlive it.
class Lines {
 public:
  explicit Lines(absl::string_view text);

  // Column counted from 1 in characters, for a line and a byte inside it, both counted from 0.
  int CharacterColumn(int line, int byte) const;
  // Place of the byte at `offset`.
  Location At(const std::string& file, size_t offset) const;

 private:
  const absl::string_view text_;
  std::vector<size_t> starts_;
};

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_ADAPTERS_UTF8_H_
