#ifndef EDIRAE_CLI_CLIENT_REPLY_H_
#define EDIRAE_CLI_CLIENT_REPLY_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "edirae/catalog/v1/content.pb.h"

namespace edirae::cli {

// The reply that a learner typed, in the form that the question asks for: ids of choices or items between blanks or
// commas, a decimal number, or a text. INVALID_ARGUMENT, saying what is expected, for what cannot be one.
absl::StatusOr<catalog::v1::Reply> ParseReply(const catalog::v1::Question& question,
                                              const std::vector<std::string>& words);

// How a question wants to be answered, in a few words: "a number, in percent".
std::string ReplyHelp(const catalog::v1::Question& question);

// A reply as `ParseReply` would take it.
std::string ReplyInWords(const catalog::v1::Reply& reply);

// Some reply of the right form; which one depends on `number`. For load, which does not mind whether it is right.
catalog::v1::Reply SomeReply(const catalog::v1::Question& question, uint64_t number);

}  // namespace edirae::cli

#endif  // EDIRAE_CLI_CLIENT_REPLY_H_
