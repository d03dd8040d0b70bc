#include "cli/client/commands.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <utility>

#include "cli/client/mentor_commands.h"
#include "cli/client/read_commands.h"
#include "cli/client/write_commands.h"

namespace edirae::cli {

ClientCommands::ClientCommands(CLI::App& app) : app_(app) {
  AddReading();
  AddAdvice();
  AddWriting();
  AddPlanning();
  AddHandingIn();
  AddMentoring();
  AddHistory();
  AddPast();
}

CLI::App& ClientCommands::Add(const std::string& name, const std::string& help, Run run) {
  return *AddTo(app_, name, help, std::move(run)).group("Learning");
}

CLI::App& ClientCommands::AddTo(CLI::App& parent, const std::string& name, const std::string& help, Run run) {
  CLI::App* command = parent.add_subcommand(name, help);
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

void ClientCommands::AddAdvice() {
  Add("explain", "Say what is thought of you and a concept, and why",
      [this](const Output& out) { return ExplainConcept(out, id_); })
      .add_option("CONCEPT", id_, "Id of the concept")
      ->required();
  Add("what-if", "Say what answers would change; nothing is recorded",
      [this](const Output& out) { return ShowWhatIf(out, words_); })
      .add_option("ANSWERS", words_, "QUESTION=right or QUESTION=wrong; QUESTION=right@24 for in 24 hours")
      ->required();
  Add("plan", "Plan what to do in the time that you have now",
      [this](const Output& out) { return PlanSession(out, minutes_); })
      .add_option("MINUTES", minutes_, "Minutes, 5 to 240")
      ->capture_default_str();
  AddTrack();
}

void ClientCommands::AddTrack() {
  CLI::App& track = Add("track", "Plan the way to your goal, week by week, and say what has changed about it",
                        [this](const Output& out) { return ShowTrack(out, track_); });
  CLI::Option* career = track.add_option("--career", track_.career, "A career that the roadmap leads to");
  CLI::Option* concepts =
      track.add_option("--concepts", track_.concepts, "Single concepts, parted by commas")->delimiter(',');
  CLI::Option* whole = track.add_flag("--whole-roadmap", track_.whole_roadmap, "The roadmap to its end");
  career->excludes(concepts)->excludes(whole);
  concepts->excludes(whole);
  track.add_option("--hours", track_.hours, "Hours a week, 1 to 100");
  track.add_option("--from", track_.start, "First day, as 2027-01-31");
  CLI::Option* by = track.add_option("--by", track_.target, "Day by which the goal is to be reached");
  track.add_flag("--without-date", track_.without_target, "By no day")->excludes(by);
  track.add_option("--known", track_.known, "Concepts that you know already, parted by commas")->delimiter(',');
  CLI::Option* pin = track.add_option("--pin", track_.pins, "What comes first, or CONCEPT@2027-01-31 for its week");
  pin->delimiter(',');
  track.add_flag("--without-pins", track_.without_pins, "Nothing is pinned")->excludes(pin);
  track.add_flag("--every-week", track_.every_week, "Show all weeks of a long way in full");
  track.footer(kTrackFooter);
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

void ClientCommands::AddPlanning() {
  Add("enroll", "Follow the roadmap", [](const Output& out) { return Enroll(out); });
  CLI::App& goal = Add("goal", "Say what you want to reach", [this](const Output& out) { return SetGoal(out, goal_); });
  goal.add_option("--career", goal_.career, "A career of the roadmap");
  goal.add_flag("--whole-roadmap", goal_.whole_roadmap, "The roadmap to its end");
  goal.add_option("--concepts", goal_.concepts, "Single concepts, parted by commas")->delimiter(',');
  goal.add_option("--hours", goal_.hours_per_week, "Hours a week, 1 to 100, as 6 or 2.5")
      ->required()
      ->check(CLI::Range(1.0, 100.0));
  goal.add_option("--from", goal_.from, "The first day, as 2027-01-31; without it, today");
  goal.add_option("--by", goal_.by, "The day, as 2027-06-30");
  CLI::App& pin = Add("pin", "Fix concepts on the way to your goal, in place of those that were fixed",
                      [this](const Output& out) { return PinConcepts(out, words_, none_); });
  pin.add_option("CONCEPTS", words_, "What comes first, in that order; CONCEPT@2027-01-31 for the week of that day")
      ->delimiter(',');
  pin.add_flag("--none", none_, "Fix nothing any more");
  Add("prefer", "Say how you want to learn", [this](const Output& out) { return PreferRetention(out, retention_); })
      .add_option(
          "--retention", retention_,
          "The chance of recall at which reviews fall due, 0.70 to 0.97: the higher, the more reviews; 0 for 0.90")
      ->required();
  CLI::App& known = Add("known", "Say what you know already; no gate believes it",
                        [this](const Output& out) { return DeclareKnown(out, words_, level_); });
  known.add_option("CONCEPTS", words_, "Ids of concepts")->required()->delimiter(',');
  known.add_option("--level", level_, "none, some or good")
      ->check(CLI::IsMember({"none", "some", "good"}))
      ->capture_default_str();
  Add("placed", "Note that a placement is over", [this](const Output& out) { return FinishPlacement(out, words_); })
      .add_option("CONCEPTS", words_, "What it asked about")
      ->required();
  Add("why", "Make a decision of the past again: a mastery, a lapse, a gate",
      [this](const Output& out) { return ExplainDecision(out, id_); })
      .add_option("EVENT", id_, "Id of the event that recorded it")
      ->required();
}

void ClientCommands::AddHandingIn() {
  Add("finish", "Note that you worked through a resource",
      [this](const Output& out) { return FinishResource(out, id_); })
      .add_option("RESOURCE", id_, "Id of the resource")
      ->required();
  CLI::App& rate = Add("rate", "Say how much a resource helped",
                       [this](const Output& out) { return RateResource(out, id_, stars_); });
  rate.add_option("RESOURCE", id_, "Id of the resource")->required();
  rate.add_option("STARS", stars_, "1 (not at all) to 5 (very much)")->required();
  Add("read", "Note that you have read the lesson of a concept",
      [this](const Output& out) { return NoteRead(out, id_); })
      .add_option("CONCEPT", id_, "Id of the concept")
      ->required();
  CLI::App& step = Add("step", "Note that a step towards a milestone is done",
                       [this](const Output& out) { return NoteStep(out, id_, part_); });
  step.add_option("MILESTONE", id_, "Id of the milestone")->required();
  step.add_option("STEP", part_, "Id of the step")->required();
  CLI::App& submit = Add("submit", "Hand in the work of a milestone",
                         [this](const Output& out) { return SubmitMilestone(out, id_, links_, text_); });
  submit.add_option("MILESTONE", id_, "Id of the milestone")->required();
  submit.add_option("--link", links_, "https://…, or EVIDENCE=https://…; can be repeated");
  submit.add_option("--notes", text_, "What there is to say");
  Add("withdraw", "Take back what waits for a mentor",
      [this](const Output& out) { return WithdrawMilestone(out, id_); })
      .add_option("MILESTONE", id_, "Id of the milestone")
      ->required();
}

void ClientCommands::AddMentoring() {
  CLI::App& mentor = *app_.add_subcommand("mentor", "Review what learners hand in (needs a token with --role mentor)");
  mentor.group("Mentoring")->require_subcommand(1);
  AddTo(mentor, "queue", "List what waits for you, oldest first", [this](const Output& out) {
    return ListSubmissions(out, id_);
  }).add_option("MILESTONE", id_, "Only of this milestone");
  AddTo(mentor, "claim", "Take a submission for 30 minutes, or for 30 more, and see what to judge",
        [this](const Output& out) { return ClaimSubmission(out, id_); })
      .add_option("SUBMISSION", id_, "Id of the submission")
      ->required();
  AddTo(mentor, "release", "Give a submission back without a review",
        [this](const Output& out) { return ReleaseSubmission(out, id_); })
      .add_option("SUBMISSION", id_, "Id of the submission")
      ->required();
  CLI::App& review = AddTo(mentor, "review", "Say what you found; claim it first",
                           [this](const Output& out) { return ReviewSubmission(out, id_, part_, scores_, text_); });
  review.add_option("SUBMISSION", id_, "Id of the submission")->required();
  review.add_option("VERDICT", part_, "approve or return")->required()->check(CLI::IsMember({"approve", "return"}));
  review.add_option("--score", scores_, "CRITERION=LEVEL, one for each criterion of the milestone");
  review.add_option("--feedback", text_, "What to tell the learner");
}

void ClientCommands::AddHistory() {
  CLI::App& taken = Add("export", "Take along everything that is kept of a learner, as a .tar.gz file",
                        [this](const Output& out) { return ExportLearner(out, export_); });
  taken.add_option("LEARNER", export_.learner_id, "Whom; without it, yourself. Others need a token with --role admin");
  taken.add_option("--to", export_.file, "Where to write it; not over a file that is there")->capture_default_str();
  CLI::App& erase = Add("erase", "Erase everything that is kept of a learner, for ever",
                        [this](const Output& out) { return EraseLearner(out, erasure_); });
  erase.add_option("LEARNER", erasure_.learner_id, "Whom; without it, yourself. Others need a token with --role admin");
  erase.add_option("--pseudonym", erasure_.pseudonym, "Whom, by the pseudonym: after an older ledger was restored");
  erase.add_option("--request-id", erasure_.request_id, "Of your own choice: the same again erases nothing twice");
  erase.add_option("--receipt", erasure_.receipt, "Erase nobody: show the receipt of the erasure with this request id");
  erase.add_flag("--yes", erasure_.confirmed, "Really");
  erase.add_flag("--no-wait", erasure_.no_wait, "Do not wait until the bus has followed, which the receipt then says");
}

void ClientCommands::AddPast() {
  CLI::App& events = Add("events", "List what the ledger has of you, in order",
                         [this](const Output& out) { return ListEvents(out, events_); });
  events.add_option("--type", events_.types, "Only this kind, e.g. question_answered; can be repeated");
  events.add_option("--since", events_.since, "Only from this day or time on: 2026-11-28, 2026-11-28T18:00:00Z");
  events.add_option("--until", events_.until, "Only before this day or time");
  events.add_option("--most", events_.most, "How many at most")->check(CLI::PositiveNumber)->capture_default_str();
  CLI::App& past = Add("past", "Show where you stood at some moment, folded again from the ledger",
                       [this](const Output& out) { return ShowPast(out, past_); });
  CLI::Option* seq = past.add_option("--seq", past_.seq, "After this event")->check(CLI::NonNegativeNumber);
  past.add_option("--at", past_.at, "At this day or time")->excludes(seq);
  for (CLI::App* command : {&events, &past}) {
    std::string& learner = command == &events ? events_.learner : past_.learner;
    command->add_option("--learner", learner, "Of somebody else; for administrators");
  }
}

}  // namespace edirae::cli
