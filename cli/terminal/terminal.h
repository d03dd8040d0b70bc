#ifndef EDIRAE_CLI_TERMINAL_TERMINAL_H_
#define EDIRAE_CLI_TERMINAL_TERMINAL_H_

#include <ostream>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace edirae::cli {

// How text looks. Colour is used only on a terminal, and not when NO_COLOR is set (https://no-color.org).
class Style {
 public:
  explicit Style(bool colour) : colour_(colour) {}

  // For standard output, as the environment asks.
  static Style ForStdout();

  std::string Bold(absl::string_view text) const { return Wrap("1", text); }
  std::string Dim(absl::string_view text) const { return Wrap("2", text); }
  std::string Good(absl::string_view text) const { return Wrap("32", text); }
  std::string Bad(absl::string_view text) const { return Wrap("31", text); }
  std::string Warm(absl::string_view text) const { return Wrap("33", text); }
  std::string Accent(absl::string_view text) const { return Wrap("36", text); }

 private:
  std::string Wrap(absl::string_view code, absl::string_view text) const;

  bool colour_;
};

// Columns of the terminal that standard output is; 0 when it is none.
int TerminalWidth();

// Ends this process as a write would, by SIGPIPE, as soon as nobody reads standard output any more. For a program that
// waits for long between its lines. Call it once.
void EndWithTheReader();

// `done` of `total` as a bar of `width` cells, e.g. "██████░░░░ 6/10".
std::string ProgressBar(int done, int total, int width);

// Columns of running text.
inline constexpr int kTextWidth = 100;

// Breaks `text` at spaces into lines of at most `width` columns, each after the first beginning with `indent` spaces.
// Line breaks in `text` are kept.
std::string WrapText(absl::string_view text, int width, int indent);

// Columns that `text` takes on a terminal: one for each code point, none for colour codes.
int DisplayWidth(absl::string_view text);

// Rows under headings, columns as wide as their widest cell, or as the terminal allows: longer cells then break at
// spaces.
class Table {
 public:
  explicit Table(std::vector<std::string> headings);

  // As many cells as there are headings.
  void AddRow(std::vector<std::string> cells);

  // `width`: columns to fit into, where words are not longer; 0 for no bound.
  void Print(std::ostream& out, const Style& style, int width = TerminalWidth()) const;

 private:
  std::vector<int> Widths(int width) const;

  std::vector<std::string> headings_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace edirae::cli

#endif  // EDIRAE_CLI_TERMINAL_TERMINAL_H_
