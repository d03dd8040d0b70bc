#include "services/catalog/adapters/map_reader.h"

#include <algorithm>
#include <limits>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "services/catalog/domain/nearest.h"

namespace edirae::catalog {
namespace {

absl::string_view NameOf(YamlNode::Kind kind) {
  switch (kind) {
    case YamlNode::Kind::kNull:
      return "nothing";
    case YamlNode::Kind::kScalar:
      return "a single value";
    case YamlNode::Kind::kList:
      return "a list";
    case YamlNode::Kind::kMap:
      return "a mapping";
  }
  return "";
}

int ToInt(int64_t value) {
  return static_cast<int>(std::clamp<int64_t>(value, std::numeric_limits<int>::min(), std::numeric_limits<int>::max()));
}

}  // namespace

MapReader::MapReader(const YamlNode& node, const std::string& file, Path path, absl::string_view what,
                     LoadReport& report)
    : node_(node), file_(file), path_(std::move(path)), what_(what), report_(report) {
  report_.sources.Put(path_, file_, node.line, node.column);
  if (node.kind != YamlNode::Kind::kMap) {
    Refuse(node, path_, absl::StrCat(what_, " is ", NameOf(node.kind)), "write a mapping of keys and values");
  }
}

MapReader::~MapReader() {
  if (node_.kind != YamlNode::Kind::kMap) return;
  for (const YamlNode& entry : node_.children) {
    if (std::find(known_keys_.begin(), known_keys_.end(), entry.key) != known_keys_.end()) continue;
    report_.findings.push_back(
        {{file_, entry.key_line, entry.key_column},
         absl::StrCat(what_, " knows no key '", entry.key, "'"),
         DidYouMean(entry.key, known_keys_, absl::StrCat("it knows ", absl::StrJoin(known_keys_, ", ")))});
  }
}

void MapReader::Refuse(const YamlNode& node, const Path& path, std::string problem, std::string remedy) {
  report_.findings.push_back({{file_, node.line, node.column}, std::move(problem), std::move(remedy)});
  report_.sources.MarkBroken(path);
}

const YamlNode* MapReader::Take(absl::string_view key, absl::string_view field, Need need) {
  known_keys_.push_back(key);
  if (node_.kind != YamlNode::Kind::kMap) return nullptr;
  const auto found = std::find_if(node_.children.begin(), node_.children.end(),
                                  [key](const YamlNode& entry) { return absl::string_view(entry.key) == key; });
  const Path path = path_.Field(field);
  if (found == node_.children.end()) {
    if (need == Need::kRequired) {
      Refuse(node_, path, absl::StrCat(what_, " has no '", key, "'"), absl::StrCat("add `", key, ":`"));
    }
    return nullptr;
  }
  if (found->kind == YamlNode::Kind::kNull) {
    // Such a value has no place of its own: libyaml names where it would stand.
    report_.findings.push_back({{file_, found->key_line, found->key_column},
                                absl::StrCat("'", key, "' of ", what_, " has no value"),
                                need == Need::kRequired ? "write one" : "write one, or remove the key"});
    report_.sources.MarkBroken(path);
    return nullptr;
  }
  report_.sources.Put(path, file_, found->line, found->column);
  return &*found;
}

const YamlNode* MapReader::TakeOf(YamlNode::Kind kind, absl::string_view type, absl::string_view key,
                                  absl::string_view field, Need need) {
  const YamlNode* node = Take(key, field, need);
  if (node == nullptr || node->kind == kind) return node;
  Refuse(*node, path_.Field(field), absl::StrCat("'", key, "' of ", what_, " is ", NameOf(node->kind)),
         absl::StrCat("write ", type));
  return nullptr;
}

std::string MapReader::Text(absl::string_view key, absl::string_view field, Need need) {
  const YamlNode* node = TakeOf(YamlNode::Kind::kScalar, "a text", key, field, need);
  return node == nullptr ? std::string() : node->text;
}

bool MapReader::ReadNumber(const YamlNode& node, const Path& path, absl::string_view key, int64_t& value) {
  if (node.kind == YamlNode::Kind::kScalar && node.plain && absl::SimpleAtoi(node.text, &value)) return true;
  Refuse(node, path, absl::StrCat("'", key, "' of ", what_, " is no whole number"), "write digits without quotes");
  return false;
}

int64_t MapReader::Number(absl::string_view key, absl::string_view field, Need need) {
  const YamlNode* node = Take(key, field, need);
  int64_t value = 0;
  if (node != nullptr) ReadNumber(*node, path_.Field(field), key, value);
  return value;
}

int MapReader::Small(absl::string_view key, absl::string_view field, Need need) {
  return ToInt(Number(key, field, need));
}

double MapReader::Decimal(absl::string_view key, absl::string_view field, Need need) {
  const YamlNode* node = Take(key, field, need);
  double value = 0;
  if (node == nullptr) return value;
  const bool plain = node->kind == YamlNode::Kind::kScalar && node->plain &&
                     node->text.find_first_not_of("0123456789.-") == std::string::npos;
  if (plain && absl::SimpleAtod(node->text, &value)) return value;
  Refuse(*node, path_.Field(field), absl::StrCat("'", key, "' of ", what_, " is no decimal number"),
         "write one without quotes, with ASCII digits, point and minus, e.g. -1.4");
  return 0;
}

bool MapReader::Flag(absl::string_view key, absl::string_view field) {
  const YamlNode* node = Take(key, field, Need::kOptional);
  if (node == nullptr) return false;
  if (node->kind == YamlNode::Kind::kScalar && node->plain && (node->text == "true" || node->text == "false")) {
    return node->text == "true";
  }
  Refuse(*node, path_.Field(field), absl::StrCat("'", key, "' of ", what_, " is neither true nor false"),
         "write true or false without quotes");
  return false;
}

std::pair<int, int> MapReader::Ends(absl::string_view key, absl::string_view field) {
  const YamlNode* node = Take(key, field, Need::kRequired);
  if (node == nullptr) return {};
  const Path path = path_.Field(field);
  if (node->kind != YamlNode::Kind::kList || node->children.size() != 2) {
    Refuse(*node, path, absl::StrCat("'", key, "' of ", what_, " is no pair"), "write [first, last]");
    return {};
  }
  int64_t ends[2] = {};
  for (int i = 0; i < 2; ++i) {
    if (!ReadNumber(node->children[static_cast<size_t>(i)], path, key, ends[i])) return {};
  }
  return {ToInt(ends[0]), ToInt(ends[1])};
}

int MapReader::NumberOfName(absl::string_view key, absl::string_view field,
                            const google::protobuf::EnumDescriptor& type, absl::string_view prefix, Need need) {
  const YamlNode* node = TakeOf(YamlNode::Kind::kScalar, "a name", key, field, need);
  if (node == nullptr) return 0;
  std::vector<std::string> names;
  for (int i = 0; i < type.value_count(); ++i) {
    if (type.value(i)->number() == 0) continue;
    names.push_back(absl::AsciiStrToLower(absl::StripPrefix(type.value(i)->name(), prefix)));
    if (names.back() == node->text) return type.value(i)->number();
  }
  Refuse(*node, path_.Field(field), absl::StrCat("'", key, "' of ", what_, " is '", node->text, "'"),
         DidYouMean(node->text, {names.begin(), names.end()}, absl::StrCat("write ", absl::StrJoin(names, ", "))));
  return 0;
}

void MapReader::Each(absl::string_view key, absl::string_view field, Need need, const OnItem& on_item) {
  const YamlNode* list = TakeOf(YamlNode::Kind::kList, "a list", key, field, need);
  if (list == nullptr) return;
  for (size_t i = 0; i < list->children.size(); ++i) on_item(list->children[i], i);
}

void MapReader::EachMap(absl::string_view key, absl::string_view field, Need need, absl::string_view what,
                        const std::function<void(MapReader& entry, size_t index)>& on_entry) {
  Each(key, field, need, [&](const YamlNode& node, size_t index) {
    MapReader entry(node, file_, path_.Field(field, index), what, report_);
    on_entry(entry, index);
  });
}

void MapReader::Skip(std::initializer_list<absl::string_view> keys) {
  known_keys_.insert(known_keys_.end(), keys.begin(), keys.end());
}

std::vector<std::string> MapReader::Texts(absl::string_view key, absl::string_view field, Need need,
                                          size_t first_index) {
  std::vector<std::string> texts;
  Each(key, field, need, [&](const YamlNode& item, size_t index) {
    const Path path = path_.Field(field, first_index + index);
    report_.sources.Put(path, file_, item.line, item.column);
    if (item.kind != YamlNode::Kind::kScalar) {
      Refuse(item, path, absl::StrCat("an entry of '", key, "' is ", NameOf(item.kind)), "write a text");
    }
    texts.push_back(item.text);
  });
  return texts;
}

std::vector<FileReference> MapReader::References(absl::string_view key, absl::string_view field) {
  std::vector<FileReference> references;
  for (std::string& id : Texts(key, field, Need::kRequired)) {
    const Location at = report_.sources.At(path_.Field(field, references.size()));
    references.push_back({std::move(id), at});
  }
  return references;
}

void MapReader::SamePlace(absl::string_view field, const Path& other) {
  report_.sources.Put(other, report_.sources.At(path_.Field(field)));
  if (report_.sources.IsBroken(path_.Field(field))) report_.sources.MarkBroken(other);
}

const YamlNode* MapReader::Map(absl::string_view key, absl::string_view field, Need need) {
  return TakeOf(YamlNode::Kind::kMap, "a mapping", key, field, need);
}

void EachEntry(const YamlNode& root, const std::string& file, const Path& path, absl::string_view what,
               LoadReport& report, const std::function<void(const YamlNode& entry)>& on_entry) {
  report.sources.Put(path, file, root.line, root.column);
  if (root.kind != YamlNode::Kind::kList) {
    report.findings.push_back({{file, root.line, root.column},
                               absl::StrCat("the file is ", NameOf(root.kind), " and no list of ", what),
                               absl::StrCat("write one or more ", what, ", each as an entry `- id: ...`")});
    report.sources.MarkBroken(path);
    return;
  }
  for (const YamlNode& entry : root.children) on_entry(entry);
}

}  // namespace edirae::catalog
