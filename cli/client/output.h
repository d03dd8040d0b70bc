#ifndef EDIRAE_CLI_CLIENT_OUTPUT_H_
#define EDIRAE_CLI_CLIENT_OUTPUT_H_

#include <ostream>

#include "cli/client/render.h"
#include "cli/client/session.h"
#include "cli/terminal/terminal.h"

namespace edirae::cli {

// A learner's session and where its answers are written: for a person, or as JSON.
class Output {
 public:
  Output(const SessionSettings& settings, std::ostream& out)
      : session_(settings), out_(out), style_(Style::ForStdout()) {}

  // Calls the gateway and prints what it answers: as JSON when asked to, with `print(out, style, response)` otherwise.
  template <class Method, class Request, class How>
  absl::Status Show(Method method, const Request& request, How print) const {
    const auto response = session_.Call(method, request);
    if (!response.ok()) return response.status();
    Print(*response, print);
    return absl::OkStatus();
  }

  // Prints an answer in the same way.
  template <class Response, class How>
  void Print(const Response& response, How print) const {
    if (session_.settings().json) {
      out_ << ToJson(response, true) << "\n";
    } else {
      print(out_, style_, response);
    }
  }

  const Session& session() const { return session_; }
  std::ostream& out() const { return out_; }
  const Style& style() const { return style_; }
  const std::string& roadmap() const { return session_.settings().roadmap; }
  bool json() const { return session_.settings().json; }

 private:
  const Session session_;
  std::ostream& out_;
  const Style style_;
};

}  // namespace edirae::cli

#endif  // EDIRAE_CLI_CLIENT_OUTPUT_H_
