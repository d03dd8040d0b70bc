#include "common/nats/pub_ack.h"

#include <nlohmann/json.hpp>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/nats/nats_status.h"

namespace edirae::nats {
namespace {

using Json = nlohmann::json;

int IntOf(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_number_integer() ? found->get<int>() : 0;
}

}  // namespace

absl::StatusOr<PubAck> ParsePubAck(std::string_view json) {
  const Json answer = Json::parse(json, nullptr, /*allow_exceptions=*/false);
  if (answer.is_object()) {
    const auto error = answer.find("error");
    if (error != answer.end() && error->is_object()) {
      const auto text = error->find("description");
      return FromServerError(IntOf(*error, "code"), IntOf(*error, "err_code"),
                             text != error->end() && text->is_string() ? text->get<std::string>() : "publish refused");
    }
    const auto seq = answer.find("seq");
    if (seq != answer.end() && seq->is_number_unsigned() && seq->get<uint64_t>() > 0) {
      const auto duplicate = answer.find("duplicate");
      return PubAck{.seq = seq->get<uint64_t>(),
                    .duplicate = duplicate != answer.end() && duplicate->is_boolean() && duplicate->get<bool>()};
    }
  }
  return absl::InternalError(absl::StrCat("not an answer of JetStream: ", std::string(json.substr(0, 200))));
}

}  // namespace edirae::nats
