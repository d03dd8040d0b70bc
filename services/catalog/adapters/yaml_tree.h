#ifndef EDIRAE_SERVICES_CATALOG_ADAPTERS_YAML_TREE_H_
#define EDIRAE_SERVICES_CATALOG_ADAPTERS_YAML_TREE_H_

#include <string>
#include <vector>

#include "services/catalog/domain/finding.h"

namespace edirae::catalog {

// A YAML document as plain values.
struct YamlNode {
  enum class Kind { kNull, kScalar, kList, kMap };

  Kind kind = Kind::kNull;
  // Line and column, counted from 1, the column in characters.
  int line = 1;
  int column = 1;
  // Of a scalar: what it says, and whether it was written without quotes and not as a block.
  std::string text;
  bool plain = false;
  // Of an entry of a mapping: its key, and where that is written.
  std::string key;
  int key_line = 1;
  int key_column = 1;
  // Of a list or a mapping, in order.
  std::vector<YamlNode> children;
};

// Reads the one document of a file. What is not plain YAML is refused: anchors, aliases, tags, several documents, keys
// that repeat or are no plain words, depth or size past the limits, bytes that are no UTF-8, control characters. Adds
// to `findings`; the tree is meaningful only when nothing was added.
YamlNode ParseYaml(const std::string& file, const std::string& text, std::vector<Finding>& findings);

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_ADAPTERS_YAML_TREE_H_
