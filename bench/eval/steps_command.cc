#include "bench/eval/steps_command.h"

#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "bench/eval/limits.h"
#include "bench/eval/line_reader.h"
#include "common/status/macros.h"
#include "services/recommend/domain/steps/next_step.h"

namespace edirae::eval {
namespace {

using Json = nlohmann::ordered_json;
using recommend::steps::Curriculum;
using recommend::steps::NextStep;
using recommend::steps::StepsState;

absl::Status Malformed(absl::string_view what) { return absl::InvalidArgumentError(what); }

// Whether lists and objects are nested deeper than any line needs: such a line could ask for much more memory than it
// has bytes.
bool IsDeep(absl::string_view line) {
  constexpr int kDeepest = 16;
  int depth = 0;
  bool quoted = false;
  for (size_t i = 0; i < line.size() && depth <= kDeepest; ++i) {
    const char c = line[i];
    if (c == '"') quoted = !quoted;
    if (quoted) {
      i += c == '\\' ? 1 : 0;
    } else {
      depth += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
    }
  }
  return depth > kDeepest;
}

// Null when the line is no JSON object. (The library's own limit of depth takes quadratic time.)
Json Parse(const std::string& line) {
  if (IsDeep(line)) return {};
  Json parsed = Json::parse(line, nullptr, /*allow_exceptions=*/false);
  return parsed.is_object() ? parsed : Json();
}

// Of a string or a whole number; empty for anything else.
std::string NameOf(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  return value.is_number_integer() ? value.dump() : "";
}

absl::StatusOr<std::string> Name(const Json& object, const char* field) {
  const auto found = object.find(field);
  if (found == object.end()) return Malformed(absl::StrCat("'", field, "' is missing"));
  std::string name = NameOf(*found);
  if (name.empty() || name.size() > limits::kMaxNameBytes) {
    return Malformed(
        absl::StrCat("'", field, "' must be a string of 1 to ", limits::kMaxNameBytes, " bytes, or a whole number"));
  }
  return name;
}

absl::StatusOr<double> TimeDays(const Json& object) {
  const auto found = object.find("time_days");
  if (found == object.end() || !found->is_number()) return Malformed("'time_days' must be a number");
  const auto days = found->get<double>();
  if (!(std::abs(days) <= limits::kMaxTimeDays)) {
    return Malformed(absl::StrCat("'time_days' can be ", -limits::kMaxTimeDays, " to ", limits::kMaxTimeDays));
  }
  return days;
}

absl::StatusOr<bool> Correct(const Json& object) {
  const auto found = object.find("correct");
  if (found != object.end() && found->is_boolean()) return found->get<bool>();
  if (found != object.end() && (*found == 0 || *found == 1)) return *found == 1;
  return Malformed("'correct' must be true or false");
}

// The curriculum and everyone who learns by it.
class Classroom {
 public:
  // The answer to one line; null when there is nothing to say.
  absl::StatusOr<Json> Hear(const Json& line) {
    if (const auto concepts = line.find("concepts"); concepts != line.end()) return Teach(*concepts);
    if (const auto next = line.find("next"); next != line.end() && next->is_object()) return Next(*next);
    if (const auto answer = line.find("answer"); answer != line.end() && answer->is_object()) return Learn(*answer);
    return Malformed(R"(a line is a JSON object with "concepts", "next" or "answer")");
  }

 private:
  absl::StatusOr<Json> Teach(const Json& concepts) {
    if (!concepts.is_array() || concepts.empty() || concepts.size() > limits::kMaxConcepts) {
      return Malformed(absl::StrCat("'concepts' must be a list of 1 to ", limits::kMaxConcepts));
    }
    std::vector<std::string> ids;
    absl::flat_hash_map<std::string, int32_t> positions;
    for (const Json& it : concepts) {
      if (!it.is_object()) return Malformed("a concept must be an object");
      EDIRAE_ASSIGN_OR_RETURN(std::string id, Name(it, "id"));
      if (!positions.emplace(id, static_cast<int32_t>(ids.size())).second) {
        return Malformed(absl::StrCat("two concepts are called '", id, "'"));
      }
      ids.push_back(std::move(id));
    }
    Curriculum curriculum;
    for (const Json& it : concepts) {
      std::vector<int32_t>& prerequisites = curriculum.prerequisites.emplace_back();
      const auto named = it.find("prerequisites");
      if (named == it.end() || named->is_null()) continue;
      if (!named->is_array()) return Malformed("'prerequisites' must be a list of ids");
      for (const Json& prerequisite : *named) {
        const std::string name = NameOf(prerequisite);
        if (name.empty() && !prerequisite.is_string()) return Malformed("'prerequisites' must be a list of ids");
        const auto found = positions.find(name);
        if (found != positions.end()) prerequisites.push_back(found->second);
      }
    }
    ids_ = std::move(ids);
    positions_ = std::move(positions);
    curriculum_ = std::move(curriculum);
    learners_.clear();
    return Json();
  }

  absl::StatusOr<StepsState*> Learner(const Json& object) {
    if (ids_.empty()) return Malformed("no concepts were given yet");
    EDIRAE_ASSIGN_OR_RETURN(std::string name, Name(object, "learner"));
    if (learners_.size() >= limits::kMaxLearners && !learners_.contains(name)) {
      return absl::ResourceExhaustedError(absl::StrCat("there are ", limits::kMaxLearners, " learners already"));
    }
    return &learners_[std::move(name)];
  }

  absl::StatusOr<Json> Next(const Json& object) {
    EDIRAE_ASSIGN_OR_RETURN(const double days, TimeDays(object));
    EDIRAE_ASSIGN_OR_RETURN(const StepsState* learner, Learner(object));
    const NextStep step = recommend::steps::Choose(*learner, curriculum_, days);
    return Json{{"concept", ids_[step.concept_index]}, {"reason", recommend::steps::Explain(step, ids_)}};
  }

  absl::StatusOr<Json> Learn(const Json& object) {
    EDIRAE_ASSIGN_OR_RETURN(const double days, TimeDays(object));
    EDIRAE_ASSIGN_OR_RETURN(const bool correct, Correct(object));
    EDIRAE_ASSIGN_OR_RETURN(const std::string name, Name(object, "concept"));
    const auto found = positions_.find(name);
    if (!ids_.empty() && found == positions_.end()) return Malformed(absl::StrCat("there is no concept '", name, "'"));
    EDIRAE_ASSIGN_OR_RETURN(StepsState * learner, Learner(object));
    recommend::steps::Observe({.concept_index = found->second, .correct = correct, .at_days = days}, *learner);
    return Json{{"ok", true}};
  }

  std::vector<std::string> ids_;
  absl::flat_hash_map<std::string, int32_t> positions_;
  Curriculum curriculum_;
  absl::flat_hash_map<std::string, StepsState> learners_;
};

}  // namespace

StepsCommand::StepsCommand(CLI::App& app)
    : command_(*app.add_subcommand("steps", "What the platform would ask a learner next, line by line")) {
  command_.footer(
      "Standard input, one JSON object a line, each answered at once with a line on standard output:\n"
      "  {\"concepts\": [{\"id\", \"prerequisites\": [ID...]}...]}    first, in curriculum order; no answer; begins "
      "anew\n"
      "  {\"next\": {\"learner\", \"time_days\"}}                        {\"concept\", \"reason\"}\n"
      "  {\"answer\": {\"learner\", \"concept\", \"correct\", \"time_days\"}}  {\"ok\": true}\n"
      "A malformed line is answered by {\"error\"}, and changes nothing. Prerequisites that are not among the "
      "concepts\n"
      "are ignored. Days begin where time_days is whole.");
}

absl::Status StepsCommand::Run(std::istream& in, std::ostream& out) {
  Classroom classroom;
  LineReader reader(in, limits::kMaxStepsLineBytes);
  std::string line;
  for (auto read = reader.Next(line); read != LineReader::Outcome::kEnd; read = reader.Next(line)) {
    if (read == LineReader::Outcome::kLine && line.find_first_not_of(" \t") == std::string::npos) continue;
    const absl::StatusOr<Json> answer =
        read == LineReader::Outcome::kTooLong
            ? absl::StatusOr<Json>(Malformed(absl::StrCat("longer than ", limits::kMaxStepsLineBytes, " bytes")))
            : classroom.Hear(Parse(line));
    const Json printed = answer.ok()
                             ? *answer
                             : Json{{"error", absl::StrCat("line ", reader.number(), ": ", answer.status().message())}};
    if (printed.is_null()) continue;
    out << printed.dump(-1, ' ', false, Json::error_handler_t::replace) << "\n" << std::flush;
    if (!out.good()) return absl::DataLossError("cannot write to standard output");
  }
  return absl::OkStatus();
}

}  // namespace edirae::eval
