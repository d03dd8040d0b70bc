#include "cli/client/commands.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <utility>

#include "cli/client/read_commands.h"
#include "cli/client/write_commands.h"

namespace edirae::cli {

ClientCommands::ClientCommands(CLI::App& app) : app_(app) {
  AddReading();
  AddWriting();
  AddHistory();
}

CLI::App& ClientCommands::Add(const std::string& name, const std::string& help, Run run) {
  CLI::App* command = app_.add_subcommand(name, help)->group("Learning");
  command->add_option("--address", session_.address, "Gateway, host:port")
      ->envname("EDIRAE_ADDRESS")
      ->capture_default_str();
  command->add_option("--token", session_.token, "Who you are; `edirae token LEARNER` makes one")
      ->envname("EDIRAE_TOKEN");
  command->add_option("--roadmap", session_.roadmap, "Roadmap to follow")
      ->envname("EDIRAE_ROADMAP")
      ->capture_default_str();
  command->add_flag("--json", session_.json, "Print the answer as JSON, for programs");
  command->callback([this, run = std::move(run)] { result_ = run(Output(session_, std::cout)); });
  return *command;
}

void ClientCommands::AddReading() {
  Add("roadmaps", "List the roadmaps that can be followed", [](const Output& out) { return ListRoadmaps(out); });
  Add("roadmap", "Show a roadmap: stages, concepts, careers", [](const Output& out) { return ShowRoadmap(out); });
  Add("concept", "Show a concept and its resources", [this](const Output& out) { return ShowConcept(out, id_); })
      .add_option("CONCEPT", id_, "Id of the concept")
      ->required();
  Add("lesson", "Read the lesson that teaches a concept", [this](const Output& out) { return ShowLesson(out, id_); })
      .add_option("CONCEPT", id_, "Id of the concept")
      ->required();
  Add("questions", "List the questions of a concept", [this](const Output& out) { return ListQuestions(out, id_); })
      .add_option("CONCEPT", id_, "Id of the concept")
      ->required();
  Add("cards", "List the flashcards of a concept", [this](const Output& out) { return ListFlashcards(out, id_); })
      .add_option("CONCEPT", id_, "Id of the concept")
      ->required();
  Add("search", "Search roadmaps, concepts, lessons, resources and questions",
      [this](const Output& out) { return Search(out, words_); })
      .add_option("WORDS", words_, "What to look for")
      ->required();
  Add("graph", "Show what builds on what in a roadmap", [this](const Output& out) {
    return ShowGraph(out, id_);
  }).add_option("ROADMAP", id_, "Id of the roadmap; without it, the one that you follow");
  Add("home", "Show where you stand, what the gate asks for and what to do next",
      [](const Output& out) { return ShowHome(out); });
  Add("gate", "Show what a gate asks for: what is met, what is missing", [this](const Output& out) {
    return ShowGate(out, id_);
  }).add_option("STAGE", id_, "Id of the stage; without it, your current stage");
  Add("watch", "Follow your next steps live until Ctrl-C", [](const Output& out) { return WatchHome(out); });
}

void ClientCommands::AddWriting() {
  CLI::App& answer = Add("answer", "Answer a question; without a reply, show it and ask",
                         [this](const Output& out) { return Answer(out, id_, reply_); });
  answer.add_option("QUESTION", id_, "Id of the question")->required();
  answer.add_option("REPLY", reply_, "Choices or an order (a,c,b), a number (1.4) or a text, as the question asks");

  Add("hint", "Show the next hint of a question; your next answer to it says that it was used",
      [this](const Output& out) { return RequestHint(out, id_); })
      .add_option("QUESTION", id_, "Id of the question")
      ->required();

  CLI::App& review = Add("review", "Rate how well you recalled a flashcard",
                         [this](const Output& out) { return ReviewCard(out, id_, rating_); });
  review.add_option("CARD", id_, "Id of the card")->required();
  review.add_option("RATING", rating_, "again, hard, good or easy")
      ->required()
      ->check(CLI::IsMember({"again", "hard", "good", "easy"}));

  Add("open", "Note that you opened a resource", [this](const Output& out) { return OpenResource(out, id_); })
      .add_option("RESOURCE", id_, "Id of the resource")
      ->required();
  Add("advance", "Ask to pass the gate of a stage", [this](const Output& out) {
    return Advance(out, id_);
  }).add_option("STAGE", id_, "Id of the stage; without it, your current stage");
}

void ClientCommands::AddHistory() {
  CLI::App& erase = Add("erase", "Erase everything that is kept of a learner, for ever",
                        [this](const Output& out) { return EraseLearner(out, erasure_); });
  erase.add_option("LEARNER", erasure_.learner_id, "Whom; without it, yourself. Others need a token with --role admin");
  erase.add_option("--request-id", erasure_.request_id, "That of an erasure before, to see its receipt again");
  erase.add_flag("--yes", erasure_.confirmed, "Really");
}

}  // namespace edirae::cli
