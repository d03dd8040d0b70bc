#ifndef EDIRAE_BENCH_EVAL_LINE_READER_H_
#define EDIRAE_BENCH_EVAL_LINE_READER_H_

#include <cstddef>
#include <istream>
#include <string>

namespace edirae::eval {

// Reads lines without growing past a bound, whatever comes. Not thread-safe; `in` must outlive it.
class LineReader {
 public:
  enum class Outcome { kLine, kTooLong, kEnd };

  LineReader(std::istream& in, size_t max_bytes) : in_(in), max_bytes_(max_bytes) {}

  // The next line, without its end ("\n" or "\r\n"). Of one that is too long `line` holds the beginning; the rest is
  // passed over.
  Outcome Next(std::string& line);

  // Of the line that was read last, from 1.
  size_t number() const { return number_; }

 private:
  std::istream& in_;
  const size_t max_bytes_;
  size_t number_ = 0;
};

}  // namespace edirae::eval

#endif  // EDIRAE_BENCH_EVAL_LINE_READER_H_
