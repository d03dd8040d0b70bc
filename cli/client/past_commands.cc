#include "cli/client/past_commands.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/clock/parse_day.h"
#include "common/status/macros.h"

namespace edirae::cli {
namespace {

using TimeTravelStub = Session::TimeTravel::Stub;

constexpr int kEventsAtOnce = 1000;

absl::Status ParseMoment(const std::string& text, google::protobuf::Timestamp& to) {
  EDIRAE_ASSIGN_OR_RETURN(const absl::Time time, ParseDay(text));
  to.set_seconds(absl::ToUnixSeconds(time));
  to.set_nanos(static_cast<int32_t>((time - absl::FromUnixSeconds(to.seconds())) / absl::Nanoseconds(1)));
  return absl::OkStatus();
}

std::string TimeText(const google::protobuf::Timestamp& time) {
  return absl::FormatTime("%Y-%m-%d %H:%M:%S", absl::FromUnixSeconds(time.seconds()), absl::UTCTimeZone());
}

// The kind of an event and what it is about, as JSON names them.
std::string BodyText(const events::v1::LearnerEvent& event) {
  const auto* oneof = events::v1::LearnerEvent::descriptor()->FindOneofByName("body");
  const auto* body = event.GetReflection()->GetOneofFieldDescriptor(event, oneof);
  if (body == nullptr) return "of a later version";
  return absl::StrCat(body->name(), " ", ToJson(event.GetReflection()->GetMessage(event, body), false));
}

void PrintState(std::ostream& stream, const Style& style, const progress::v1::GetStateResponse& response) {
  const auto& state = response.progress();
  stream << style.Bold(absl::StrCat("after event ", response.digest().learner_seq())) << "  "
         << style.Dim(absl::StrCat("digest ", response.digest().digest())) << "\n"
         << "  " << state.mastered_required_count() << " of " << state.required_count()
         << " required concepts mastered, "
         << (state.current_stage_id().empty() ? "all stages passed" : "in stage " + state.current_stage_id()) << "\n";
  for (const auto& known : state.concepts()) {
    const bool mastered = known.status() == progress::v1::CONCEPT_STATUS_MASTERED;
    stream << "  " << (mastered ? style.Good("mastered") : "learning") << "  " << known.concept_id() << "  "
           << style.Dim(absl::StrCat(known.correct_count(), " of ", known.answer_count(), " answers right")) << "\n";
  }
}

}  // namespace

absl::Status ListEvents(const Output& out, const EventOptions& options) {
  progress::v1::ListEventsRequest request;
  request.set_learner_id(options.learner);
  *request.mutable_event_types() = {options.types.begin(), options.types.end()};
  if (!options.since.empty()) EDIRAE_RETURN_IF_ERROR(ParseMoment(options.since, *request.mutable_start_time()));
  if (!options.until.empty()) EDIRAE_RETURN_IF_ERROR(ParseMoment(options.until, *request.mutable_end_time()));
  int left = options.most;
  do {
    request.set_page_size(std::min(left, kEventsAtOnce));
    EDIRAE_ASSIGN_OR_RETURN(const auto page, out.session().Call(&TimeTravelStub::ListEvents, request));
    for (const auto& event : page.events()) {
      if (out.json()) {
        out.out() << ToJson(event, false) << "\n";
      } else {
        out.out() << out.style().Bold(absl::StrCat(event.learner_seq())) << "  "
                  << out.style().Dim(absl::StrCat(TimeText(event.record_time()), "  ", event.event_id())) << "  "
                  << BodyText(event) << "\n";
      }
    }
    left -= page.events_size();
    request.set_page_token(page.next_page_token());
  } while (left > 0 && !request.page_token().empty());
  if (!request.page_token().empty() && !out.json()) {
    out.out() << out.style().Dim("There are more: --since goes on from a time, --most lists more at once.") << "\n";
  }
  return absl::OkStatus();
}

absl::Status ShowPast(const Output& out, const PastOptions& options) {
  progress::v1::GetStateRequest request;
  request.set_learner_id(options.learner);
  request.set_roadmap_id(out.roadmap());
  if (options.seq >= 0) request.set_as_of_seq(options.seq);
  if (!options.at.empty()) EDIRAE_RETURN_IF_ERROR(ParseMoment(options.at, *request.mutable_as_of_time()));
  return out.Show(&TimeTravelStub::GetState, request, PrintState);
}

}  // namespace edirae::cli
