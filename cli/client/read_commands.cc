#include "cli/client/read_commands.h"

#include <iostream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "cli/client/render_catalog.h"
#include "common/rpc/unary.h"
#include "common/status/macros.h"
#include "nlohmann/json.hpp"

namespace edirae::cli {
namespace {

using Stub = Session::Learn::Stub;

constexpr absl::Duration kPauseBeforeReconnect = absl::Seconds(1);

// This program cancels nothing: CANCELLED comes from a server, or something in between, that went away.
bool IsWorthRetrying(const grpc::Status& status) {
  return status.ok() || status.error_code() == grpc::StatusCode::UNAVAILABLE ||
         status.error_code() == grpc::StatusCode::CANCELLED;
}

}  // namespace

absl::Status ListRoadmaps(const Output& out) {
  return out.Show(
      &Stub::ListRoadmaps, learn::v1::ListRoadmapsRequest(),
      [](std::ostream& stream, const Style& style, const learn::v1::ListRoadmapsResponse& response) {
        Table table({"roadmap", "title", "months"});
        for (const catalog::v1::Roadmap& roadmap : response.roadmaps()) {
          table.AddRow({roadmap.roadmap_id(), roadmap.title(),
                        absl::StrCat(roadmap.duration().min_months(), "–", roadmap.duration().max_months())});
        }
        table.Print(stream, style);
      });
}

absl::Status ShowRoadmap(const Output& out) {
  learn::v1::GetRoadmapRequest request;
  request.set_roadmap_id(out.roadmap());
  return out.Show(&Stub::GetRoadmap, request,
                  [](std::ostream& stream, const Style& style, const learn::v1::GetRoadmapResponse& response) {
                    PrintRoadmap(stream, style, response.roadmap());
                  });
}

absl::Status ShowConcept(const Output& out, const std::string& concept_id) {
  learn::v1::GetConceptRequest request;
  request.set_concept_id(concept_id);
  EDIRAE_ASSIGN_OR_RETURN(const auto found, out.session().Call(&Stub::GetConcept, request));
  learn::v1::ListResourcesRequest list;
  list.set_concept_id(concept_id);
  EDIRAE_ASSIGN_OR_RETURN(const auto resources, out.session().Call(&Stub::ListResources, list));
  if (out.json()) {
    auto both = nlohmann::ordered_json::parse(ToJson(found, false));
    both.update(nlohmann::ordered_json::parse(ToJson(resources, false)));
    out.out() << both.dump(1) << "\n";
    return absl::OkStatus();
  }
  PrintConcept(out.out(), out.style(), found.concept_content());
  out.out() << "\n";
  for (const auto& resource : resources.resources()) PrintResource(out.out(), out.style(), resource);
  return absl::OkStatus();
}

absl::Status ShowLesson(const Output& out, const std::string& concept_id) {
  learn::v1::GetLessonRequest request;
  request.set_concept_id(concept_id);
  return out.Show(&Stub::GetLesson, request,
                  [](std::ostream& stream, const Style& style, const learn::v1::GetLessonResponse& response) {
                    PrintLesson(stream, style, response.lesson());
                  });
}

absl::Status ListQuestions(const Output& out, const std::string& concept_id) {
  learn::v1::ListQuestionsRequest request;
  request.set_concept_id(concept_id);
  return out.Show(&Stub::ListQuestions, request,
                  [](std::ostream& stream, const Style& style, const learn::v1::ListQuestionsResponse& response) {
                    for (const auto& question : response.questions()) {
                      PrintQuestion(stream, style, question);
                      stream << "\n";
                    }
                  });
}

absl::Status ListFlashcards(const Output& out, const std::string& concept_id) {
  learn::v1::ListFlashcardsRequest request;
  request.set_concept_id(concept_id);
  return out.Show(&Stub::ListFlashcards, request,
                  [](std::ostream& stream, const Style& style, const learn::v1::ListFlashcardsResponse& response) {
                    for (const auto& card : response.flashcards()) PrintFlashcard(stream, style, card);
                  });
}

absl::Status Search(const Output& out, const std::vector<std::string>& words) {
  learn::v1::SearchRequest request;
  request.set_query(absl::StrJoin(words, " "));
  return out.Show(&Stub::Search, request, PrintSearch);
}

absl::Status ShowGraph(const Output& out, const std::string& roadmap_id) {
  learn::v1::GetPrerequisiteGraphRequest request;
  request.set_roadmap_id(roadmap_id.empty() ? out.roadmap() : roadmap_id);
  return out.Show(
      &Stub::GetPrerequisiteGraph, request,
      [](std::ostream& stream, const Style& style, const learn::v1::GetPrerequisiteGraphResponse& response) {
        PrintGraph(stream, style, response.graph());
      });
}

absl::Status ShowHome(const Output& out) {
  learn::v1::GetHomeRequest request;
  request.set_roadmap_id(out.roadmap());
  return out.Show(&Stub::GetHome, request,
                  [](std::ostream& stream, const Style& style, const learn::v1::GetHomeResponse& response) {
                    PrintHome(stream, style, response.home());
                  });
}

absl::Status ShowGate(const Output& out, const std::string& stage_id) {
  learn::v1::GetGateRequest request;
  request.set_roadmap_id(out.roadmap());
  request.set_stage_id(stage_id);
  return out.Show(&Stub::GetGate, request,
                  [](std::ostream& stream, const Style& style, const learn::v1::GetGateResponse& response) {
                    PrintGate(stream, style, response.gate());
                  });
}

absl::Status WatchHome(const Output& out) {
  learn::v1::WatchHomeRequest request;
  request.set_roadmap_id(out.roadmap());
  EndWithTheReader();
  for (;;) {
    grpc::ClientContext context;
    out.session().Prepare(context, absl::InfiniteDuration());
    const auto stream = out.session().stub().WatchHome(&context, request);
    learn::v1::WatchHomeResponse response;
    while (stream->Read(&response)) {
      request.set_resume_token(response.resume_token());
      if (!response.has_home()) continue;
      if (out.json()) {
        out.out() << ToJson(response, false) << "\n" << std::flush;
      } else {
        PrintNextSteps(out.out(), out.style(), response.home().next_steps());
        out.out() << "\n" << std::flush;
      }
    }
    const grpc::Status status = stream->Finish();
    if (!IsWorthRetrying(status)) return out.session().Explain(status);
    std::cerr << "the stream ended (" << status.error_message() << "); connecting again\n";
    absl::SleepFor(kPauseBeforeReconnect);
  }
}

}  // namespace edirae::cli
