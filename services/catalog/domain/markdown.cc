#include "services/catalog/domain/markdown.h"

#include <cmark.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace edirae::catalog {
namespace {

constexpr char kWorkedExample[] = "Worked example";
constexpr char kCheckYourself[] = "Check yourself";
constexpr size_t kMinFence = 3;  // characters

struct Free {
  void operator()(cmark_node* node) const { cmark_node_free(node); }
  void operator()(cmark_iter* iterator) const { cmark_iter_free(iterator); }
};
using Document = std::unique_ptr<cmark_node, Free>;
using Iterator = std::unique_ptr<cmark_iter, Free>;

absl::string_view ViewOf(const char* text) { return text == nullptr ? absl::string_view() : text; }

// Walks a parsed text and collects what is wrong.
class Examination {
 public:
  explicit Examination(absl::string_view text)
      : lines_(absl::StrSplit(text, '\n')),
        document_(cmark_parse_document(text.data(), text.size(), CMARK_OPT_DEFAULT)) {
    cmark_consolidate_text_nodes(document_.get());
  }

  void Parts() {
    Walk([this](cmark_node* node) { CheckPart(node); });
  }

  void Headings() {
    int level = 1;
    bool has_example = false;
    std::string last;
    Walk([&](cmark_node* node) {
      if (cmark_node_get_type(node) != CMARK_NODE_HEADING) return;
      const int next = cmark_node_get_heading_level(node);
      if (next == 1) {
        Add(node, "there is a heading of the first level", "start it with ##: the first level is the concept's title");
      } else if (next > level + 1) {
        Add(node, absl::StrCat("a heading of level ", next, " follows one of level ", level),
            absl::StrCat("start it with ", std::string(static_cast<size_t>(level) + 1, '#')));
      }
      level = next;
      if (next != 2) return;
      last = TextOf(node);
      has_example = has_example || last == kWorkedExample;
    });
    const int end = std::max(1, static_cast<int>(lines_.size()) - (lines_.back().empty() ? 1 : 0));
    if (!has_example) {
      AddAt(end, 1, absl::StrCat("the lesson has no section `## ", kWorkedExample, "`"),
            "add one with a case that is carried through");
    }
    if (last != kCheckYourself) {
      AddAt(end, 1, absl::StrCat("the last section is not `## ", kCheckYourself, "`"),
            "end with two or three questions to think about");
    }
  }

  std::vector<MarkdownProblem> Take() { return std::move(problems_); }

 private:
  template <class Visit>
  void Walk(const Visit& visit) {
    const Iterator iterator(cmark_iter_new(document_.get()));
    for (cmark_event_type event; (event = cmark_iter_next(iterator.get())) != CMARK_EVENT_DONE;) {
      if (event == CMARK_EVENT_ENTER) visit(cmark_iter_get_node(iterator.get()));
    }
  }

  void CheckPart(cmark_node* node) {
    switch (cmark_node_get_type(node)) {
      case CMARK_NODE_HTML_BLOCK:
      case CMARK_NODE_HTML_INLINE:
        return Add(node, absl::StrCat("there is raw HTML: ", FirstLine(ViewOf(cmark_node_get_literal(node)))),
                   "write it as Markdown, or put backticks around it");
      case CMARK_NODE_IMAGE:
        return Add(node, "there is an image", "describe it in words, or draw it as text");
      case CMARK_NODE_LINK:
        return CheckLink(node);
      case CMARK_NODE_CODE_BLOCK:
        return CheckFence(node);
      case CMARK_NODE_TEXT:
        return CheckText(node);
      default:
        return;
    }
  }

  void CheckLink(cmark_node* link) {
    const absl::string_view target = ViewOf(cmark_node_get_url(link));
    if (target.empty()) {
      Add(link, "a link has no target", "write it between the parentheses, or remove the link");
    } else if (!absl::StartsWith(target, "https://")) {
      Add(link, absl::StrCat("a link leads to '", target, "'"), "link only to addresses that start with https://");
    }
  }

  // What looks like a link and has become text.
  void CheckText(cmark_node* node) {
    const absl::string_view text = ViewOf(cmark_node_get_literal(node));
    if (absl::StrContains(text, "][")) {
      Add(node, absl::StrCat("a reference has no definition: ", FirstLine(text)),
          "define it with `[label]: https://...`, or put backticks around it");
    } else if (absl::StrContains(text, "](")) {
      Add(node, absl::StrCat("a link is broken: ", FirstLine(text)),
          "write [text](https://...) without spaces in the address");
    }
  }

  // CommonMark closes an open block at the end of the text without a word.
  void CheckFence(cmark_node* block) {
    const absl::string_view first = Line(cmark_node_get_start_line(block));
    const auto column = static_cast<size_t>(std::max(cmark_node_get_start_column(block), 1) - 1);
    if (column >= first.size() || (first[column] != '`' && first[column] != '~')) return;  // indented, without a fence
    const char mark = first[column];
    const size_t opened = first.find_first_not_of(mark, column);
    const size_t width = (opened == absl::string_view::npos ? first.size() : opened) - column;
    const int end = cmark_node_get_end_line(block);
    absl::string_view last = absl::StripAsciiWhitespace(Line(end));
    while (absl::ConsumePrefix(&last, ">")) last = absl::StripLeadingAsciiWhitespace(last);
    const bool closed = end > cmark_node_get_start_line(block) && last.size() >= std::max(width, kMinFence) &&
                        last.find_first_not_of(mark) == absl::string_view::npos;
    if (!closed) {
      Add(block, "a code block is never closed", absl::StrCat("end it with a line of ", std::string(width, mark)));
    }
  }

  static std::string FirstLine(absl::string_view text) {
    constexpr size_t kShown = 60;  // bytes
    std::string line(text.substr(0, text.find('\n')));
    if (line.size() <= kShown) return line;
    size_t end = kShown;
    while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0) == 0x80) --end;  // no half character
    return absl::StrCat(line.substr(0, end), "...");
  }

  static std::string TextOf(cmark_node* heading) {
    std::string text;
    for (cmark_node* part = cmark_node_first_child(heading); part != nullptr; part = cmark_node_next(part)) {
      absl::StrAppend(&text, ViewOf(cmark_node_get_literal(part)));
    }
    return text;
  }

  absl::string_view Line(int number) const {
    return number < 1 || static_cast<size_t>(number) > lines_.size() ? absl::string_view()
                                                                     : lines_[static_cast<size_t>(number) - 1];
  }

  void Add(cmark_node* node, std::string problem, std::string remedy) {
    const int line = std::max(cmark_node_get_start_line(node), 1);
    const auto bytes = static_cast<size_t>(std::max(cmark_node_get_start_column(node), 1) - 1);
    const absl::string_view before = Line(line).substr(0, bytes);
    const auto characters = std::count_if(before.begin(), before.end(),
                                          [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
    AddAt(line, static_cast<int>(characters) + 1, std::move(problem), std::move(remedy));
  }

  void AddAt(int line, int column, std::string problem, std::string remedy) {
    problems_.push_back({line, column, std::move(problem), std::move(remedy)});
  }

  const std::vector<absl::string_view> lines_;
  const Document document_;
  std::vector<MarkdownProblem> problems_;
};

// Whether the text has any character that one of the problems begins with. Most short texts have none.
bool MayBeBroken(absl::string_view text) {
  return text.find_first_of("<[") != absl::string_view::npos || absl::StrContains(text, "```") ||
         absl::StrContains(text, "~~~");
}

}  // namespace

std::vector<MarkdownProblem> BrokenMarkdown(absl::string_view text) {
  if (!MayBeBroken(text)) return {};
  Examination examination(text);
  examination.Parts();
  return examination.Take();
}

std::vector<MarkdownProblem> BrokenLesson(absl::string_view text) {
  Examination examination(text);
  examination.Parts();
  examination.Headings();
  return examination.Take();
}

}  // namespace edirae::catalog
