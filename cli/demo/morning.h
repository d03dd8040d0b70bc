#ifndef EDIRAE_CLI_DEMO_MORNING_H_
#define EDIRAE_CLI_DEMO_MORNING_H_

#include <memory>
#include <ostream>
#include <string>

#include "absl/status/status.h"
#include "cli/terminal/terminal.h"
#include "grpcpp/channel.h"

namespace edirae::cli {

struct MorningSettings {
  std::string gateway;                     // host:port, where the learner's client connects
  std::string token_secret;                // signs the learner's token
  std::shared_ptr<grpc::Channel> catalog;  // where the sample learner's knowledge comes from
  std::string service_token;
};

// Plays a new sample learner's morning over the public API and narrates it: answers with feedback, a gate that says no
// and why, next steps with reasons that change live. Every line is what the platform answered. Errors are the
// platform's, or INTERNAL when it did not do what the morning shows.
absl::Status PlayMorning(const MorningSettings& settings, std::ostream& out, const Style& style);

}  // namespace edirae::cli

#endif  // EDIRAE_CLI_DEMO_MORNING_H_
