#ifndef EDIRAE_CLI_TERMINAL_MARKDOWN_H_
#define EDIRAE_CLI_TERMINAL_MARKDOWN_H_

#include <string>

#include "absl/strings/string_view.h"
#include "cli/terminal/terminal.h"

namespace edirae::cli {

// CommonMark as text for a terminal of `width` columns: headings in bold, lists with bullets or numbers, quotations and
// code indented, a link's address behind its text. Without colour the same text, undecorated. Ends with a line break
// unless empty. Control characters in the source do not reach the terminal.
std::string RenderMarkdown(absl::string_view markdown, const Style& style, int width);

}  // namespace edirae::cli

#endif  // EDIRAE_CLI_TERMINAL_MARKDOWN_H_
