#include "bench/eval/line_reader.h"

#include <streambuf>

namespace edirae::eval {

LineReader::Outcome LineReader::Next(std::string& line) {
  using Traits = std::istream::traits_type;
  line.clear();
  std::streambuf& bytes = *in_.rdbuf();
  bool too_long = false;
  int next = bytes.sbumpc();
  if (next == Traits::eof()) return Outcome::kEnd;
  ++number_;
  for (; next != Traits::eof() && next != '\n'; next = bytes.sbumpc()) {
    if (line.size() < max_bytes_) {
      line.push_back(Traits::to_char_type(next));
    } else {
      too_long = true;
    }
  }
  if (too_long) return Outcome::kTooLong;
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return Outcome::kLine;
}

}  // namespace edirae::eval
