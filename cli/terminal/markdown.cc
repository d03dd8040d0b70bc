#include "cli/terminal/markdown.h"

#include <cmark.h>

#include <memory>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace edirae::cli {
namespace {

constexpr int kNarrowest = 20;  // columns that are left for text, however deep it is indented

struct FreeNode {
  void operator()(cmark_node* node) const { cmark_node_free(node); }
};

// What a text shows on a terminal; an escape sequence in content must not command it.
std::string Visible(const char* text) {
  std::string visible;
  for (const char* c = text == nullptr ? "" : text; *c != '\0'; ++c) {
    if (!absl::ascii_iscntrl(static_cast<unsigned char>(*c)) || *c == '\n' || *c == '\t') visible += *c;
  }
  return visible;
}

class Renderer {
 public:
  Renderer(const Style& style, int width) : style_(style), width_(width) {}

  std::string Take() { return std::move(out_); }

  // The blocks inside `parent`, each `indent` columns from the left. Tight blocks have no empty lines between them.
  void Blocks(cmark_node* parent, int indent, bool tight) {
    for (cmark_node* node = cmark_node_first_child(parent); node != nullptr; node = cmark_node_next(node)) {
      if (node != cmark_node_first_child(parent) && !tight) out_ += '\n';
      Block(node, indent);
    }
  }

 private:
  void Block(cmark_node* node, int indent) {
    switch (cmark_node_get_type(node)) {
      case CMARK_NODE_HEADING:
        return Paragraph(style_.Bold(Inlines(node)), indent);
      case CMARK_NODE_PARAGRAPH:
        return Paragraph(Inlines(node), indent);
      case CMARK_NODE_LIST:
        return List(node, indent);
      case CMARK_NODE_BLOCK_QUOTE:
        return Blocks(node, indent + 2, false);
      case CMARK_NODE_CODE_BLOCK:
        return Code(node, indent + 4);
      case CMARK_NODE_THEMATIC_BREAK:
        out_ += absl::StrCat(std::string(static_cast<size_t>(indent), ' '), "* * *\n");
        return;
      default:  // raw HTML, which content may not have, shows as it is written
        return Paragraph(Visible(cmark_node_get_literal(node)), indent);
    }
  }

  // `first` stands at the left of the first line, inside the indentation.
  void Paragraph(const std::string& text, int indent, const std::string& first = "") {
    const int columns = std::max(kNarrowest, width_ - indent);
    std::string pad(static_cast<size_t>(indent), ' ');
    std::string head = pad;
    head.replace(head.size() - std::min(head.size(), static_cast<size_t>(DisplayWidth(first))), std::string::npos,
                 first);
    for (const absl::string_view line : absl::StrSplit(WrapText(text, columns, 0), '\n')) {
      absl::StrAppend(&out_, head, line, "\n");
      head = pad;
    }
  }

  void List(cmark_node* list, int indent) {
    const bool ordered = cmark_node_get_list_type(list) == CMARK_ORDERED_LIST;
    const bool tight = cmark_node_get_list_tight(list) != 0;
    int number = cmark_node_get_list_start(list);
    for (cmark_node* item = cmark_node_first_child(list); item != nullptr; item = cmark_node_next(item)) {
      if (item != cmark_node_first_child(list) && !tight) out_ += '\n';
      const std::string mark = ordered ? absl::StrCat(number++, ". ") : "• ";
      const int inner = indent + std::max(2, DisplayWidth(mark));
      cmark_node* first = cmark_node_first_child(item);
      if (first != nullptr && cmark_node_get_type(first) == CMARK_NODE_PARAGRAPH) {
        Paragraph(Inlines(first), inner, mark);
        first = cmark_node_next(first);
      } else {
        Paragraph("", inner, mark);
      }
      for (; first != nullptr; first = cmark_node_next(first)) {
        if (!tight) out_ += '\n';
        Block(first, inner);
      }
    }
  }

  void Code(cmark_node* block, int indent) {
    std::string code = Visible(cmark_node_get_literal(block));
    if (!code.empty() && code.back() == '\n') code.pop_back();
    for (const absl::string_view line : absl::StrSplit(code, '\n')) {
      absl::StrAppend(&out_, std::string(static_cast<size_t>(indent), ' '), style_.Accent(line), "\n");
    }
  }

  // NOLINTNEXTLINE(misc-no-recursion): as deep as emphasis inside links, which cmark bounds
  std::string Inlines(cmark_node* parent) {
    std::string text;
    for (cmark_node* node = cmark_node_first_child(parent); node != nullptr; node = cmark_node_next(node)) {
      switch (cmark_node_get_type(node)) {
        case CMARK_NODE_SOFTBREAK:
          text += ' ';
          break;
        case CMARK_NODE_LINEBREAK:
          text += '\n';
          break;
        case CMARK_NODE_CODE:
          text += style_.Accent(Visible(cmark_node_get_literal(node)));
          break;
        case CMARK_NODE_EMPH:
        case CMARK_NODE_STRONG:
          text += style_.Bold(Inlines(node));
          break;
        case CMARK_NODE_LINK:
        case CMARK_NODE_IMAGE: {
          const std::string label = Inlines(node), url = Visible(cmark_node_get_url(node));
          text += label == url ? label : absl::StrCat(label, " (", style_.Dim(url), ")");
          break;
        }
        default:
          text += Visible(cmark_node_get_literal(node));
      }
    }
    return text;
  }

  const Style& style_;
  const int width_;
  std::string out_;
};

}  // namespace

std::string RenderMarkdown(absl::string_view markdown, const Style& style, int width) {
  const std::unique_ptr<cmark_node, FreeNode> document(
      cmark_parse_document(markdown.data(), markdown.size(), CMARK_OPT_DEFAULT));
  Renderer renderer(style, width);
  renderer.Blocks(document.get(), 0, false);
  return renderer.Take();
}

}  // namespace edirae::cli
