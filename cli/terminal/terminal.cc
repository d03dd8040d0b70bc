#include "cli/terminal/terminal.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace edirae::cli {

Style Style::ForStdout() {
  const char* no_color = std::getenv("NO_COLOR");
  return Style((no_color == nullptr || *no_color == '\0') && isatty(STDOUT_FILENO) == 1);
}

std::string Style::Wrap(absl::string_view code, absl::string_view text) const {
  return colour_ ? absl::StrCat("\033[", code, "m", text, "\033[0m") : std::string(text);
}

std::string ProgressBar(int done, int total, int width) {
  const int filled = total <= 0 ? 0 : std::clamp(done * width / total, 0, width);
  std::string bar;
  for (int i = 0; i < width; ++i) bar += i < filled ? "█" : "░";
  return absl::StrCat(bar, " ", done, "/", total);
}

int DisplayWidth(absl::string_view text) {
  int width = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\033') {
      i = std::min(text.find('m', i), text.size() - 1);
    } else if ((static_cast<unsigned char>(text[i]) & 0xc0) != 0x80) {  // not a continuation byte of UTF-8
      ++width;
    }
  }
  return width;
}

std::string WrapText(absl::string_view text, int width, int indent) {
  const std::string margin(indent, ' ');
  std::string out;
  for (absl::string_view paragraph : absl::StrSplit(absl::StripTrailingAsciiWhitespace(text), '\n')) {
    if (!out.empty()) absl::StrAppend(&out, "\n", margin);
    int column = 0;
    for (absl::string_view word : absl::StrSplit(paragraph, ' ')) {
      const int size = DisplayWidth(word);
      if (column > 0 && column + 1 + size > width) {
        absl::StrAppend(&out, "\n", margin);
        column = 0;
      } else if (column > 0) {
        out += ' ';
        ++column;
      }
      absl::StrAppend(&out, word);
      column += size;
    }
  }
  return out;
}

Table::Table(std::vector<std::string> headings) : headings_(std::move(headings)) {}

void Table::AddRow(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }

void Table::Print(std::ostream& out, const Style& style) const {
  std::vector<int> widths;
  for (size_t column = 0; column < headings_.size(); ++column) {
    int width = DisplayWidth(headings_[column]);
    for (const auto& row : rows_) width = std::max(width, DisplayWidth(row[column]));
    widths.push_back(width);
  }
  const auto print = [&](const std::vector<std::string>& cells, bool heading) {
    std::string line;
    for (size_t column = 0; column < cells.size(); ++column) {
      const bool last = column + 1 == cells.size();
      absl::StrAppend(&line, heading ? style.Dim(cells[column]) : cells[column],
                      std::string(last ? 0 : widths[column] - DisplayWidth(cells[column]) + 2, ' '));
    }
    out << line << "\n";
  };
  print(headings_, true);
  for (const auto& row : rows_) print(row, false);
}

}  // namespace edirae::cli
