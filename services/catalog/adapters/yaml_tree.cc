#include "services/catalog/adapters/yaml_tree.h"

#include <yaml.h>

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "services/catalog/adapters/utf8.h"
#include "services/catalog/limits.h"

namespace edirae::catalog {
namespace {

absl::string_view ViewOf(const yaml_char_t* text, size_t length) {
  return {reinterpret_cast<const char*>(text), length};
}

// libyaml's parser over a text, which must outlive it.
class EventParser {
 public:
  explicit EventParser(absl::string_view text) {
    yaml_parser_initialize(&parser_);
    yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(text.data()), text.size());
  }
  EventParser(const EventParser&) = delete;
  EventParser& operator=(const EventParser&) = delete;
  ~EventParser() { yaml_parser_delete(&parser_); }

  // False when the text is no YAML; `parser()` then says why.
  bool Next(yaml_event_t& event) { return yaml_parser_parse(&parser_, &event) != 0; }
  const yaml_parser_t& parser() const { return parser_; }

 private:
  yaml_parser_t parser_;
};

// One event, freed with it.
struct Event : yaml_event_t {
  Event() : yaml_event_t{} {}
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;
  ~Event() { yaml_event_delete(this); }
};

// Builds the tree from libyaml's events, which come in order and without recursion.
class TreeBuilder {
 public:
  TreeBuilder(const std::string& file, std::vector<Finding>& findings) : file_(file), findings_(findings) {}

  YamlNode TakeRoot() { return std::move(root_); }

  // False when nothing more is to be read: at the end, or reported.
  bool Take(const yaml_event_t& event) {
    switch (event.type) {
      case YAML_STREAM_END_EVENT:
        return false;
      case YAML_DOCUMENT_START_EVENT:
        if (documents_++ > 0) Stop(event, "a second document starts here", "keep one document in a file");
        break;
      case YAML_ALIAS_EVENT:
        Report(event.start_mark, "aliases (*name) are not allowed", "write the value out");
        TakeLeaf(event, "*", YamlNode::Kind::kNull);
        break;
      case YAML_SCALAR_EVENT:
        TakeScalar(event);
        break;
      case YAML_SEQUENCE_START_EVENT:
        Refuse(event, event.data.sequence_start.anchor, event.data.sequence_start.tag);
        Open(event, YamlNode::Kind::kList);
        break;
      case YAML_MAPPING_START_EVENT:
        Refuse(event, event.data.mapping_start.anchor, event.data.mapping_start.tag);
        Open(event, YamlNode::Kind::kMap);
        break;
      case YAML_SEQUENCE_END_EVENT:
      case YAML_MAPPING_END_EVENT:
        open_.pop_back();
        break;
      default:
        break;
    }
    return !stopped_;
  }

 private:
  struct Level {
    YamlNode* node;
    bool has_key = false;
  };

  bool ExpectsKey() const {
    return !open_.empty() && open_.back().node->kind == YamlNode::Kind::kMap && !open_.back().has_key;
  }

  void TakeScalar(const yaml_event_t& event) {
    const auto& scalar = event.data.scalar;
    Refuse(event, scalar.anchor, scalar.tag);
    const absl::string_view text = ViewOf(scalar.value, scalar.length);
    if (FirstControlCharacter(text) != std::string::npos) {
      Report(event.start_mark, "there is a control character in the text", "remove it");
    }
    const bool plain = scalar.style == YAML_PLAIN_SCALAR_STYLE && scalar.tag == nullptr;
    const bool null = plain && (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL");
    YamlNode* node = TakeLeaf(event, null ? "" : text, null ? YamlNode::Kind::kNull : YamlNode::Kind::kScalar);
    if (node == nullptr || null) return;
    node->text.assign(text.data(), text.size());
    node->plain = plain;
  }

  // A key, of which there must be a word, or a new node; null for a key.
  YamlNode* TakeLeaf(const yaml_event_t& event, absl::string_view word, YamlNode::Kind kind) {
    if (!ExpectsKey()) return &Add(event, kind);
    if (word.empty() && kind == YamlNode::Kind::kNull) {
      Report(event.start_mark, "a key is missing before the colon", "write one");
    }
    TakeKey(event, word);
    return nullptr;
  }

  void TakeKey(const yaml_event_t& event, absl::string_view key) {
    YamlNode& map = *open_.back().node;
    const auto same = std::find_if(map.children.begin(), map.children.end(),
                                   [&key](const YamlNode& entry) { return absl::string_view(entry.key) == key; });
    if (same != map.children.end()) {
      Report(event.start_mark, absl::StrCat("the key '", key, "' is given twice"),
             absl::StrCat("remove one; the first is in line ", same->key_line));
    }
    if (map.children.size() >= limits::kMaxKeys) {
      return Stop(event, "the mapping has too many keys", absl::StrCat("keep to ", limits::kMaxKeys));
    }
    YamlNode& entry = map.children.emplace_back();
    entry.key.assign(key.data(), key.size());
    entry.key_line = LineOf(event.start_mark);
    entry.key_column = ColumnOf(event.start_mark);
    open_.back().has_key = true;
  }

  // The node that is read next: the root, the value of the last key, or a new item of the list.
  YamlNode& Add(const yaml_event_t& event, YamlNode::Kind kind) {
    YamlNode* node = &root_;
    if (!open_.empty()) {
      YamlNode& parent = *open_.back().node;
      if (parent.kind == YamlNode::Kind::kList) {
        if (parent.children.size() == limits::kMaxListEntries) {
          Stop(event, "the list has too many entries", absl::StrCat("keep to ", limits::kMaxListEntries));
        }
        parent.children.emplace_back();
      }
      open_.back().has_key = false;
      node = &parent.children.back();
    }
    node->kind = kind;
    node->line = LineOf(event.start_mark);
    node->column = ColumnOf(event.start_mark);
    return *node;
  }

  void Open(const yaml_event_t& event, YamlNode::Kind kind) {
    if (ExpectsKey()) return Stop(event, "a key is a list or a mapping", "use a plain word as key");
    if (open_.size() >= limits::kMaxYamlDepth) {
      return Stop(event, "lists and mappings lie too deep inside each other",
                  absl::StrCat("keep to ", limits::kMaxYamlDepth, " levels"));
    }
    // The parent's list of children grows only after this child is complete, so the pointer stays good.
    open_.push_back({&Add(event, kind)});
  }

  void Refuse(const yaml_event_t& event, const yaml_char_t* anchor, const yaml_char_t* tag) {
    if (anchor != nullptr) {
      Report(event.start_mark, "anchors (&name) are not allowed", "write the value out where it is needed");
    }
    if (tag != nullptr) Report(event.start_mark, "tags (!name) are not allowed", "remove it");
  }

  static int LineOf(const yaml_mark_t& mark) { return static_cast<int>(mark.line) + 1; }
  static int ColumnOf(const yaml_mark_t& mark) { return static_cast<int>(mark.column) + 1; }

  void Report(const yaml_mark_t& mark, std::string problem, std::string remedy) {
    if (stopped_) return;
    const Location at{file_, LineOf(mark), ColumnOf(mark)};
    findings_.push_back({at, std::move(problem), std::move(remedy)});
    if (findings_.size() <= limits::kMaxFindings) return;
    findings_.push_back({at, "there are too many mistakes to read on", "mend the others first"});
    stopped_ = true;
  }

  void Stop(const yaml_event_t& event, std::string problem, std::string remedy) {
    Report(event.start_mark, std::move(problem), std::move(remedy));
    stopped_ = true;
  }

  const std::string& file_;
  std::vector<Finding>& findings_;
  YamlNode root_;
  std::vector<Level> open_;
  int documents_ = 0;
  bool stopped_ = false;
};

struct Advice {
  std::string problem;
  std::string remedy;
};

// What authors do wrong most often, in fewer words than libyaml's.
Advice AdviceOn(const yaml_parser_t& parser) {
  static constexpr absl::string_view kIndentation =
      "begin the lines that belong together in the same column, here or just before";
  static constexpr absl::string_view kBracket = "close the bracket that was opened here or just before";
  struct Known {
    absl::string_view problem, words, remedy;
  };
  static constexpr Known kKnown[] = {
      {"did not find expected ',' or ']'", "end of sequence flow not found", kBracket},
      {"did not find expected ',' or '}'", "end of map flow not found", kBracket},
      {"did not find expected '-' indicator", "end of sequence not found", kIndentation},
      {"did not find expected key", "end of map not found", kIndentation},
      {"mapping values are not allowed in this context", "illegal map value",
       "put a text that has a colon in quotes, or begin the line in the column of those beside it"},
      {"found unexpected end of stream", "a quote is never closed", "close the quote that was opened here"}};
  for (const auto& [problem, words, remedy] : kKnown) {
    if (problem == parser.problem) return {std::string(words), std::string(remedy)};
  }
  return {absl::StrCat(parser.problem, parser.context == nullptr ? "" : " ",
                       parser.context == nullptr ? "" : parser.context),
          "mend the syntax here or just before"};
}

// Where a quote that is never closed begins; otherwise where libyaml stopped.
const yaml_mark_t& PlaceOf(const yaml_parser_t& parser) {
  const bool is_quote = absl::string_view(parser.problem) == "found unexpected end of stream";
  return is_quote && parser.context != nullptr ? parser.context_mark : parser.problem_mark;
}

// Why libyaml could not read on. Its reader knows only how many bytes it has read, its other parts know the place.
Finding SyntaxError(const std::string& file, const std::string& text, const yaml_parser_t& parser) {
  if (parser.error == YAML_READER_ERROR) {
    return {Lines(text).At(file, parser.problem_offset), "there is a control character in the text", "remove it"};
  }
  if (parser.error == YAML_MEMORY_ERROR) return {{file}, "there is not enough memory to read this", "try again"};
  const yaml_mark_t& place = PlaceOf(parser);
  Advice advice = AdviceOn(parser);
  return {{file, static_cast<int>(place.line) + 1, static_cast<int>(place.column) + 1},
          absl::StrCat("this is no YAML: ", advice.problem),
          std::move(advice.remedy)};
}

}  // namespace

YamlNode ParseYaml(const std::string& file, const std::string& text, std::vector<Finding>& findings) {
  if (const size_t bad = FirstInvalidUtf8(text); bad != std::string::npos) {
    findings.push_back({Lines(text).At(file, bad), "the bytes here are no UTF-8", "save the file as UTF-8"});
    return {};
  }
  std::vector<Finding> found;
  TreeBuilder builder(file, found);
  EventParser parser(text);
  for (bool more = true; more;) {
    Event event;
    if (!parser.Next(event)) {
      found.push_back(SyntaxError(file, text, parser.parser()));
      break;
    }
    more = builder.Take(event);
  }
  findings.insert(findings.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
  return builder.TakeRoot();
}

}  // namespace edirae::catalog
