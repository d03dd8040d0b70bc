#ifndef EDIRAE_SERVICES_CATALOG_ADAPTERS_CONTENT_READER_H_
#define EDIRAE_SERVICES_CATALOG_ADAPTERS_CONTENT_READER_H_

#include <cstddef>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "services/catalog/adapters/content_files.h"
#include "services/catalog/adapters/map_reader.h"

namespace edirae::catalog {

// Where a file is wanted, and what to say when it is not there.
struct WantedFile {
  std::string name;
  // The place that is wrong when the file is missing, e.g. where it is named.
  Location wanted_at;
  // How to mend that.
  std::string remedy;
};

// Reads the files of one content folder, at most `limits::kMaxFiles`, and puts what is wrong with them into the report,
// which must outlive it.
class ContentReader {
 public:
  explicit ContentReader(LoadReport& report) : report_(report) {}

  void Add(const Location& at, std::string problem, std::string remedy);

  // A parsed YAML file. Nothing, reported and `path` broken, when it is missing or no good YAML.
  std::optional<ContentFile> Yaml(const WantedFile& wanted, const Path& path);
  // A file that is the text of the field `path`, in UTF-8 without control characters. Nothing as above.
  std::optional<std::string> Text(const WantedFile& wanted, const Path& path);

  LoadReport& report() { return report_; }

 private:
  std::optional<std::string> Bytes(const WantedFile& wanted);

  LoadReport& report_;
  size_t files_ = 0;
};

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_ADAPTERS_CONTENT_READER_H_
