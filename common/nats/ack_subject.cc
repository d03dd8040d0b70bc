#include "common/nats/ack_subject.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "absl/strings/str_cat.h"

namespace edirae::nats {
namespace {

constexpr std::string_view kAckPrefix = "$JS.ACK.";

bool ParseNumber(std::string_view text, uint64_t& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

// $JS.ACK.<stream>.<consumer>.<delivered>.<stream seq>.<consumer seq>.<nanoseconds>.<pending>, with two tokens more
// before the stream (domain, account hash) and perhaps more behind in later servers.
absl::StatusOr<MessagePosition> ParseAckSubject(std::string_view subject) {
  absl::Status bad =
      absl::InvalidArgumentError(absl::StrCat("not a JetStream acknowledgement subject: '", std::string(subject), "'"));
  if (subject.substr(0, kAckPrefix.size()) != kAckPrefix) return bad;
  std::array<std::string_view, 12> tokens;
  size_t count = 0;
  for (size_t begin = kAckPrefix.size(); begin <= subject.size() && count < tokens.size();) {
    const size_t end = std::min(subject.find('.', begin), subject.size());
    tokens[count++] = subject.substr(begin, end - begin);
    begin = end + 1;
  }
  if (count < 7 || count == 8) return bad;
  const size_t first = count == 7 ? 2 : 4;
  MessagePosition position;
  uint64_t nanoseconds = 0;
  if (!ParseNumber(tokens[first], position.num_delivered) || !ParseNumber(tokens[first + 1], position.stream_seq) ||
      !ParseNumber(tokens[first + 2], position.consumer_seq) || !ParseNumber(tokens[first + 3], nanoseconds) ||
      !ParseNumber(tokens[first + 4], position.num_pending)) {
    return bad;
  }
  position.timestamp = absl::FromUnixNanos(static_cast<int64_t>(nanoseconds));
  return position;
}

}  // namespace edirae::nats
