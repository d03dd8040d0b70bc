#include "services/catalog/adapters/yaml_tree.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/catalog/adapters/utf8.h"
#include "services/catalog/limits.h"

namespace edirae::catalog {
namespace {

// Ends parsing from inside a callback of yaml-cpp; caught in `ParseYaml`.
struct TooMuch {
  YAML::Mark at;
  std::string problem;
  std::string remedy;
};

// Builds the tree from yaml-cpp's events, which come in order and without recursion of ours.
class TreeBuilder final : public YAML::EventHandler {
 public:
  TreeBuilder(const std::string& file, const Lines& lines, std::vector<Finding>& findings)
      : file_(file), lines_(lines), findings_(findings) {}

  YamlNode TakeRoot() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (documents_++ > 0) throw TooMuch{mark, "a second document starts here", "keep one document in a file"};
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    Refuse(mark, "", anchor);
    if (ExpectsKey()) return TakeKey(mark, "", false);
    Add(mark, YamlNode::Kind::kNull);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    Report(mark, "aliases (*name) are not allowed", "write the value out");
    if (ExpectsKey()) return TakeKey(mark, "*", true);
    Add(mark, YamlNode::Kind::kNull);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    Refuse(mark, tag, anchor);
    if (FirstControlCharacter(value) != std::string::npos) {
      Report(mark, "there is a control character in the text", "remove it");
    }
    if (ExpectsKey()) return TakeKey(mark, value, true);
    YamlNode& node = Add(mark, YamlNode::Kind::kScalar);
    node.text = value;
    node.plain = tag == "?";
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    Open(mark, tag, anchor, YamlNode::Kind::kList);
  }
  void OnSequenceEnd() override { open_.pop_back(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    Open(mark, tag, anchor, YamlNode::Kind::kMap);
  }
  void OnMapEnd() override { open_.pop_back(); }

 private:
  struct Level {
    YamlNode* node;
    bool has_key = false;
  };

  bool ExpectsKey() const {
    return !open_.empty() && open_.back().node->kind == YamlNode::Kind::kMap && !open_.back().has_key;
  }

  void TakeKey(const YAML::Mark& mark, const std::string& key, bool is_word) {
    YamlNode& map = *open_.back().node;
    if (!is_word) Report(mark, "a key is missing before the colon", "write one");
    const auto same = std::find_if(map.children.begin(), map.children.end(),
                                   [&key](const YamlNode& entry) { return entry.key == key; });
    if (same != map.children.end()) {
      Report(mark, absl::StrCat("the key '", key, "' is given twice"),
             absl::StrCat("remove one; the first is in line ", same->key_line));
    }
    if (map.children.size() >= limits::kMaxKeys) {
      throw TooMuch{mark, "the mapping has too many keys", absl::StrCat("keep to ", limits::kMaxKeys)};
    }
    YamlNode& entry = map.children.emplace_back();
    entry.key = key;
    entry.key_line = mark.line + 1;
    entry.key_column = lines_.CharacterColumn(mark.line, mark.column);
    open_.back().has_key = true;
  }

  // The node that is read next: the root, the value of the last key, or a new item of the list.
  YamlNode& Add(const YAML::Mark& mark, YamlNode::Kind kind) {
    YamlNode* node = &root_;
    if (!open_.empty()) {
      YamlNode& parent = *open_.back().node;
      if (parent.kind == YamlNode::Kind::kList) parent.children.emplace_back();
      open_.back().has_key = false;
      node = &parent.children.back();
    }
    node->kind = kind;
    node->line = mark.line + 1;
    node->column = lines_.CharacterColumn(mark.line, mark.column);
    return *node;
  }

  void Open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YamlNode::Kind kind) {
    Refuse(mark, tag, anchor);
    if (ExpectsKey()) throw TooMuch{mark, "a key is a list or a mapping", "use a plain word as key"};
    if (open_.size() >= limits::kMaxYamlDepth) {
      throw TooMuch{mark, "lists and mappings lie too deep inside each other",
                    absl::StrCat("keep to ", limits::kMaxYamlDepth, " levels")};
    }
    // The parent's list of children grows only after this child is complete, so the pointer stays good.
    open_.push_back({&Add(mark, kind)});
  }

  void Refuse(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    if (anchor != 0) Report(mark, "anchors (&name) are not allowed", "write the value out where it is needed");
    if (!tag.empty() && tag != "?" && tag != "!") Report(mark, "tags (!name) are not allowed", "remove it");
  }

  void Report(const YAML::Mark& mark, std::string problem, std::string remedy) {
    findings_.push_back({{file_, mark.line + 1, lines_.CharacterColumn(mark.line, mark.column)},
                         std::move(problem),
                         std::move(remedy)});
    if (findings_.size() > limits::kMaxFindings) {
      throw TooMuch{mark, "there are too many mistakes to read on", "mend the others first"};
    }
  }

  const std::string& file_;
  const Lines& lines_;
  std::vector<Finding>& findings_;
  YamlNode root_;
  std::vector<Level> open_;
  int documents_ = 0;
};

}  // namespace

YamlNode ParseYaml(const std::string& file, const std::string& text, std::vector<Finding>& findings) {
  const Lines lines(text);
  if (const size_t bad = FirstInvalidUtf8(text); bad != std::string::npos) {
    findings.push_back({lines.At(file, bad), "the bytes here are no UTF-8", "save the file as UTF-8"});
    return {};
  }
  std::vector<Finding> found;
  TreeBuilder builder(file, lines, found);
  const auto report = [&](const YAML::Mark& mark, std::string problem, std::string remedy) {
    found.push_back({{file, std::max(mark.line, 0) + 1, lines.CharacterColumn(mark.line, mark.column)},
                     std::move(problem),
                     std::move(remedy)});
  };
  try {
    std::istringstream stream(text);
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const TooMuch& refused) {
    report(refused.at, refused.problem, refused.remedy);
  } catch (const YAML::Exception& error) {
    report(error.mark, absl::StrCat("this is no YAML: ", error.msg), "mend the syntax here or just before");
  }
  findings.insert(findings.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
  return builder.TakeRoot();
}

}  // namespace edirae::catalog
