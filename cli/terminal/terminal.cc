#include "cli/terminal/terminal.h"

#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <numeric>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace edirae::cli {
namespace {

constexpr int kGap = 2;  // columns of a terminal between two of a table

}  // namespace

Style Style::ForStdout() {
  const char* no_color = std::getenv("NO_COLOR");
  return Style((no_color == nullptr || *no_color == '\0') && isatty(STDOUT_FILENO) == 1);
}

std::string Style::Wrap(absl::string_view code, absl::string_view text) const {
  return colour_ ? absl::StrCat("\033[", code, "m", text, "\033[0m") : std::string(text);
}

int TerminalWidth() {
  winsize size{};
  return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

void EndWithTheReader() {
  std::thread([] {
    pollfd output{.fd = STDOUT_FILENO, .events = 0, .revents = 0};  // no events: only errors and a hang-up
    while (poll(&output, 1, -1) < 0 && errno == EINTR) {
    }
    if ((output.revents & (POLLERR | POLLHUP)) != 0) std::raise(SIGPIPE);
  }).detach();
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

// Takes from the widest column that can give until all fit.
std::vector<int> Table::Widths(int width) const {
  std::vector<int> widths;
  std::vector<int> longest_words;
  for (size_t column = 0; column < headings_.size(); ++column) {
    widths.push_back(DisplayWidth(headings_[column]));
    longest_words.push_back(widths.back());
    for (const auto& row : rows_) {
      widths.back() = std::max(widths.back(), DisplayWidth(row[column]));
      for (absl::string_view word : absl::StrSplit(row[column], ' ')) {
        longest_words.back() = std::max(longest_words.back(), DisplayWidth(word));
      }
    }
  }
  const int gaps = kGap * (static_cast<int>(widths.size()) - 1);
  while (width > 0 && std::accumulate(widths.begin(), widths.end(), gaps) > width) {
    int* widest = nullptr;
    for (size_t column = 0; column < widths.size(); ++column) {
      const bool gives = widths[column] > longest_words[column];
      if (gives && (widest == nullptr || widths[column] > *widest)) widest = &widths[column];
    }
    if (widest == nullptr) break;
    --*widest;
  }
  return widths;
}

void Table::Print(std::ostream& out, const Style& style, int width) const {
  const std::vector<int> widths = Widths(width);
  const auto print = [&](const std::vector<std::string>& cells, bool heading) {
    std::vector<std::vector<std::string>> lines;  // of each cell
    size_t height = 1;
    for (size_t column = 0; column < cells.size(); ++column) {
      lines.push_back(absl::StrSplit(WrapText(cells[column], widths[column], 0), '\n'));
      height = std::max(height, lines.back().size());
    }
    for (size_t row = 0; row < height; ++row) {
      std::string line;
      for (size_t column = 0; column < cells.size(); ++column) {
        const std::string cell = row < lines[column].size() ? lines[column][row] : "";
        const bool last = column + 1 == cells.size();
        absl::StrAppend(&line, heading ? style.Dim(cell) : cell,
                        std::string(last ? 0 : widths[column] - DisplayWidth(cell) + kGap, ' '));
      }
      out << line << "\n";
    }
  };
  print(headings_, true);
  for (const auto& row : rows_) print(row, false);
}

}  // namespace edirae::cli
