#ifndef EDIRAE_SERVICES_CATALOG_ADAPTERS_CONTENT_READER_H_
#define EDIRAE_SERVICES_CATALOG_ADAPTERS_CONTENT_READER_H_

#include <cstddef>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "services/catalog/adapters/content_files.h"
#include "services/catalog/adapters/map_reader.h"
#include "services/catalog/limits.h"

namespace edirae::catalog {

// Where a file is wanted, and what to say when it is not there.
struct WantedFile {
  std::string name;
  // The place that is wrong when the file is missing, e.g. where it is named.
  Location wanted_at;
  // How to mend that.
  std::string remedy;
};

// Reads a bounded number of files and puts what is wrong with them into the report, which must outlive it.
class ContentReader {
 public:
  explicit ContentReader(LoadReport& report, size_t max_files = limits::kMaxFiles)
      : report_(report), files_left_(max_files) {}

  // Takes files off what may still be read, for another reader. False, and reported at `at`, when there are too few.
  bool Spare(size_t files, const Location& at);

  void Add(const Location& at, std::string problem, std::string remedy);

  // A parsed YAML file. Nothing, reported and `path` broken, when it is missing or no good YAML.
  std::optional<ContentFile> Yaml(const WantedFile& wanted, const Path& path);
  // A file that is the text of the field `path`, in UTF-8 without control characters. Nothing as above.
  std::optional<std::string> Text(const WantedFile& wanted, const Path& path);

  LoadReport& report() { return report_; }

 private:
  std::optional<std::string> Bytes(const WantedFile& wanted);

  LoadReport& report_;
  size_t files_left_;
};

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_ADAPTERS_CONTENT_READER_H_
