#include "services/progress/domain/response_time.h"

#include <algorithm>
#include <string>

namespace edirae::progress {
namespace {

constexpr absl::Duration kReaction = absl::Milliseconds(300);   // to see, decide and move once
constexpr absl::Duration kPerChoice = absl::Milliseconds(150);  // a further choice
constexpr absl::Duration kPerItem = absl::Milliseconds(250);    // an item moved to its place
constexpr absl::Duration kPerTyped = absl::Milliseconds(50);    // a character, at 240 words a minute
constexpr absl::Duration kPerRead = absl::Milliseconds(5);      // a character, at ten times the usual speed
constexpr absl::Duration kMostRead = absl::Milliseconds(1500);  // a question that is known is not read again
constexpr absl::Duration kMostTyped = absl::Seconds(2);         // texts can be completed or pasted

// Characters, not bytes: every byte of UTF-8 that does not continue one.
int64_t Characters(const std::string& text) {
  return std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
}

absl::Duration ReadingTime(const catalog::v1::Question& question) {
  int64_t characters = Characters(question.prompt());
  for (const auto& choice : question.choices()) characters += Characters(choice.text());
  return std::min(characters * kPerRead, kMostRead);
}

absl::Duration MovingTime(const catalog::v1::Reply& reply) {
  if (reply.has_text()) return std::min(Characters(reply.text().text()) * kPerTyped, kMostTyped);
  if (reply.has_order()) return std::max(reply.order().choice_ids_size() - 1, 0) * kPerItem;
  if (reply.has_choice()) return std::max(reply.choice().choice_ids_size() - 1, 0) * kPerChoice;
  return kPerTyped;  // a number has a digit at least
}

}  // namespace

absl::Duration FastestReply(const catalog::v1::Question& question, const catalog::v1::Reply& reply) {
  return kReaction + ReadingTime(question) + MovingTime(reply);
}

}  // namespace edirae::progress
