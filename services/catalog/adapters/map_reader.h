#ifndef EDIRAE_SERVICES_CATALOG_ADAPTERS_MAP_READER_H_
#define EDIRAE_SERVICES_CATALOG_ADAPTERS_MAP_READER_H_

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/generated_enum_reflection.h"
#include "services/catalog/adapters/yaml_tree.h"
#include "services/catalog/domain/finding.h"
#include "services/catalog/domain/source_map.h"

namespace edirae::catalog {

// What loading has found out so far.
struct LoadReport {
  SourceMap sources;
  std::vector<Finding> findings;
};

// An id that names another file, and where it is written.
struct FileReference {
  std::string id;
  Location at;
};

enum class Need { kRequired, kOptional };

// Reads one mapping of an author's file key by key: `field` is the name of the key in `RevisionContent`, under `path`.
// Every value's place goes into the report's source map. A missing key, a value of the wrong type and, at the end,
// every key that nobody asked for become findings, and the field counts as broken. All references must outlive it.
class MapReader {
 public:
  using OnItem = std::function<void(const YamlNode& item, size_t index)>;

  // `what` names the mapping in findings, e.g. "the question".
  MapReader(const YamlNode& node, const std::string& file, Path path, absl::string_view what, LoadReport& report);
  MapReader(const MapReader&) = delete;
  MapReader& operator=(const MapReader&) = delete;
  // Reports the keys that nobody asked for.
  ~MapReader();

  // Empty when there is none.
  std::string Text(absl::string_view key, absl::string_view field, Need need = Need::kRequired);
  // 0 when there is none.
  int64_t Number(absl::string_view key, absl::string_view field, Need need = Need::kRequired);
  // The same, brought into the range of the type.
  int Small(absl::string_view key, absl::string_view field, Need need = Need::kRequired);
  // A plain decimal number such as -1.4; 0 when there is none.
  double Decimal(absl::string_view key, absl::string_view field, Need need = Need::kRequired);
  // False when there is none.
  bool Flag(absl::string_view key, absl::string_view field);
  // `[first, second]`; zeros when there is none.
  std::pair<int, int> Ends(absl::string_view key, absl::string_view field);
  // A value of the proto enumeration `Enum`, written in lower case without `prefix`; 0 when there is none.
  template <class Enum>
  Enum Named(absl::string_view key, absl::string_view field, absl::string_view prefix, Need need = Need::kRequired) {
    return static_cast<Enum>(NumberOfName(key, field, *google::protobuf::GetEnumDescriptor<Enum>(), prefix, need));
  }
  // Runs `on_item` for each entry of a list.
  void Each(absl::string_view key, absl::string_view field, Need need, const OnItem& on_item);
  // The same with a reader for each entry, whose path is `field` with its index. `what` names an entry in findings.
  void EachMap(absl::string_view key, absl::string_view field, Need need, absl::string_view what,
               const std::function<void(MapReader& entry, size_t index)>& on_entry);
  // A list of texts. The place of entry i goes to index `first_index` + i of `field`.
  std::vector<std::string> Texts(absl::string_view key, absl::string_view field, Need need, size_t first_index = 0);
  // A required list of ids that name files.
  std::vector<FileReference> References(absl::string_view key, absl::string_view field);
  // The mapping under `key`; null when there is none.
  const YamlNode* Map(absl::string_view key, absl::string_view field, Need need);

  // Says that these keys may be there, and leaves them unread.
  void Skip(std::initializer_list<absl::string_view> keys);

  // Says that `other` was read from the same place as `field`, and is as broken.
  void SamePlace(absl::string_view field, const Path& other);

  const Path& path() const { return path_; }
  const std::string& file() const { return file_; }
  LoadReport& report() { return report_; }

  // Adds a finding about the value of `field` and counts it as broken.
  void Refuse(const YamlNode& node, const Path& path, std::string problem, std::string remedy);

 private:
  // Null when the key is missing or empty; reported when that may not be.
  const YamlNode* Take(absl::string_view key, absl::string_view field, Need need);
  const YamlNode* TakeOf(YamlNode::Kind kind, absl::string_view type, absl::string_view key, absl::string_view field,
                         Need need);
  int NumberOfName(absl::string_view key, absl::string_view field, const google::protobuf::EnumDescriptor& type,
                   absl::string_view prefix, Need need);
  // False, and reported, unless `node` is an unquoted whole number.
  bool ReadNumber(const YamlNode& node, const Path& path, absl::string_view key, int64_t& value);

  const YamlNode& node_;
  const std::string& file_;
  const Path path_;
  const std::string what_;
  LoadReport& report_;
  std::vector<absl::string_view> known_keys_;
};

// Runs `on_entry` for each entry of a document that is a list of `what`. Anything else becomes a finding, and `path`
// counts as broken.
void EachEntry(const YamlNode& root, const std::string& file, const Path& path, absl::string_view what,
               LoadReport& report, const std::function<void(const YamlNode& entry)>& on_entry);

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_ADAPTERS_MAP_READER_H_
