#include "services/catalog/rpc/authoring_rpc.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/catalog_feed/digest.h"
#include "common/rpc/channel.h"
#include "common/rpc/server.h"
#include "common/status/error.h"
#include "common/testing/eventually.h"
#include "common/testing/status_matchers.h"
#include "services/catalog/limits.h"
#include "services/catalog/testing/content_tree.h"
#include "services/catalog/testing/fake_revision_store.h"

namespace edirae::catalog {
namespace {

using edirae::testing::Eventually;
using edirae::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr char kAuthoringToken[] = "0123456789abcdef0123456789abcdef";

// Over a real server, called as the gateway calls: with the service token, for an author.
class AuthoringRpcTest : public ::testing::Test {
 protected:
  AuthoringRpcTest() {
    AddAuthoringMethods(publisher_, store_, thread_, methods_);
    auto server = rpc::Server::Start({.listen = "127.0.0.1:0", .drain_delay = absl::ZeroDuration()}, {&service_});
    EXPECT_OK(server);
    server_ = *std::move(server);
    stub_ = v1::AuthoringService::NewStub(rpc::NewClientChannel(server_->address()));
  }
  ~AuthoringRpcTest() override {
    server_->Drain([this] { service_.Stop(); });
    thread_.Stop();
  }

  static void Prepare(grpc::ClientContext& context, const std::string& role = rpc::kAuthorRole) {
    rpc::AddBearer(context, kAuthoringToken);
    context.AddMetadata(rpc::kSubjectMetadata, "ada");
    if (!role.empty()) context.AddMetadata(rpc::kRoleMetadata, role);
    context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(20)));
  }

  static v1::PublishRevisionRequest Head(const std::string& request_id, int64_t expected_head) {
    v1::PublishRevisionRequest part;
    part.mutable_head()->set_request_id(request_id);
    part.mutable_head()->set_expected_head(expected_head);
    part.mutable_head()->set_note("new");
    return part;
  }
  // Each roadmap, question and so on in a part of its own.
  static std::vector<v1::PublishRevisionRequest> Parts(const v1::RevisionContent& content) {
    std::vector<v1::PublishRevisionRequest> parts;
    for (const auto& roadmap : content.roadmaps()) {
      *parts.emplace_back().mutable_content()->add_roadmaps() = roadmap;
    }
    for (const auto& question : content.questions()) {
      *parts.emplace_back().mutable_content()->add_questions() = question;
    }
    v1::RevisionContent& rest = *parts.emplace_back().mutable_content();
    *rest.mutable_flashcards() = content.flashcards();
    *rest.mutable_lessons() = content.lessons();
    *rest.mutable_resources() = content.resources();
    return parts;
  }
  static v1::PublishRevisionRequest End() {
    v1::PublishRevisionRequest part;
    part.mutable_end();
    return part;
  }

  absl::StatusOr<v1::PublishRevisionResponse> Send(const std::vector<v1::PublishRevisionRequest>& parts,
                                                   const std::string& role = rpc::kAuthorRole) {
    grpc::ClientContext context;
    Prepare(context, role);
    v1::PublishRevisionResponse response;
    const auto writer = stub_->PublishRevision(&context, &response);
    for (const auto& part : parts) {
      if (!writer->Write(part)) break;
    }
    writer->WritesDone();
    const grpc::Status status = writer->Finish();
    if (!status.ok()) return rpc::FromGrpc(status);
    return response;
  }

  absl::StatusOr<v1::PublishRevisionResponse> Publish(const std::string& title, int64_t expected_head) {
    v1::RevisionContent content = testing::GoodContent();
    content.mutable_roadmaps(0)->set_title(title);
    std::vector<v1::PublishRevisionRequest> parts = {Head(absl::StrCat("publish-", ++published_), expected_head)};
    for (auto& part : Parts(content)) parts.push_back(std::move(part));
    parts.push_back(End());
    return Send(parts);
  }

  template <class Request, class Response>
  absl::StatusOr<Response> Call(grpc::Status (v1::AuthoringService::Stub::*method)(grpc::ClientContext*, const Request&,
                                                                                   Response*),
                                const Request& request, const std::string& role = rpc::kAuthorRole) {
    grpc::ClientContext context;
    Prepare(context, role);
    Response response;
    const grpc::Status status = ((*stub_).*method)(&context, request, &response);
    if (!status.ok()) return rpc::FromGrpc(status);
    return response;
  }

  template <class Result>
  static std::string ReasonOf(const Result& result) {
    return ErrorInfoOf(result.status()).reason();
  }

  int published_ = 0;
  Metrics metrics_;
  const FakeClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  testing::FakeRevisionStore store_;
  Revisions revisions_;
  Publisher publisher_{store_, revisions_, clock_};
  process::TaskThread thread_{"authoring", limits::kMaxAuthoringCalls, AuthoringRefusals()};
  rpc::ServiceAuthenticator authenticator_{kAuthoringToken};
  rpc::MethodTable methods_{"catalog.edirae", metrics_};
  AuthoringRpc service_{methods_, authenticator_, publisher_, thread_};
  std::unique_ptr<rpc::Server> server_;
  std::unique_ptr<v1::AuthoringService::Stub> stub_;
};

using Stub = v1::AuthoringService::Stub;

TEST_F(AuthoringRpcTest, PublishesContentInParts) {
  ASSERT_OK_AND_ASSIGN(const v1::PublishRevisionResponse response, Publish("Cooking well", 0));
  EXPECT_TRUE(response.published());
  EXPECT_EQ(response.revision().revision(), 1);
  EXPECT_EQ(response.revision().author(), "ada");
  EXPECT_EQ(response.revision().note(), "new");
  EXPECT_EQ(response.revision().concept_count(), 4);
  EXPECT_EQ(response.revision().publish_time().seconds(), 1'800'000'000);
  EXPECT_EQ(response.revision().digest(), revisions_.Current()->digest());
  v1::RevisionContent expected = testing::GoodContent();
  EXPECT_EQ(revisions_.Current()->revision.content().questions_size(), expected.questions_size());
}

TEST_F(AuthoringRpcTest, LetsAuthorsInOnly) {
  const auto refused = Send({Head("r", 0), End()}, /*role=*/"");
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_EQ(ReasonOf(refused), "AUTHORS_ONLY");
  EXPECT_EQ(ReasonOf(Send({Head("r", 0), End()}, "editor")), "AUTHORS_ONLY");
  EXPECT_EQ(ReasonOf(Call(&Stub::ListRevisions, v1::ListRevisionsRequest(), "")), "AUTHORS_ONLY");
  EXPECT_EQ(ReasonOf(Call(&Stub::GetRevision, v1::GetRevisionRequest(), "")), "AUTHORS_ONLY");
  EXPECT_EQ(ReasonOf(Call(&Stub::GetRevisionContent, v1::GetRevisionContentRequest(), "")), "AUTHORS_ONLY");
  EXPECT_EQ(ReasonOf(Call(&Stub::RollbackRevision, v1::RollbackRevisionRequest(), "")), "AUTHORS_ONLY");
}

TEST_F(AuthoringRpcTest, AnswersWithTheFindings) {
  ASSERT_OK_AND_ASSIGN(const v1::PublishRevisionResponse response, Publish("", 0));
  EXPECT_FALSE(response.has_revision());
  ASSERT_EQ(response.finding_count(), 1);
  EXPECT_EQ(response.findings(0).field(), "roadmaps[0].title");
  EXPECT_EQ(response.findings(0).problem(), "the title is empty");
  EXPECT_EQ(response.findings(0).remedy(), "write it");
}

TEST_F(AuthoringRpcTest, PublishesNothingThatIsNotWhole) {
  std::vector<v1::PublishRevisionRequest> parts = {Head("r", 0)};
  for (auto& part : Parts(testing::GoodContent())) parts.push_back(std::move(part));
  EXPECT_EQ(ReasonOf(Send(parts)), "BAD_PUBLICATION_PARTS");  // no end
  EXPECT_EQ(ReasonOf(Send({End()})), "BAD_PUBLICATION_PARTS");
  EXPECT_EQ(ReasonOf(Send({parts[1]})), "BAD_PUBLICATION_PARTS");
  EXPECT_EQ(ReasonOf(Send({parts[0], parts[0]})), "BAD_PUBLICATION_PARTS");
  EXPECT_EQ(ReasonOf(Send({parts[0], v1::PublishRevisionRequest()})), "BAD_PUBLICATION_PARTS");
  EXPECT_EQ(revisions_.Current(), nullptr);
}

TEST_F(AuthoringRpcTest, WhoWasRefusedMayComeAgainAtOnce) {
  for (int i = 0; i < 100 * limits::kMaxPublications; ++i) {
    ASSERT_EQ(ReasonOf(Send({End()})), "BAD_PUBLICATION_PARTS") << "after " << i;
  }
}

TEST_F(AuthoringRpcTest, WantsRequestIdAndNote) {
  v1::PublishRevisionRequest head = Head("", 0);
  EXPECT_EQ(ReasonOf(Send({head, End()})), "REQUEST_ID_MISSING");
  head.mutable_head()->set_request_id("not an id");
  EXPECT_EQ(ReasonOf(Send({head, End()})), "MALFORMED_ID");
  head.mutable_head()->set_request_id("r");
  head.mutable_head()->set_note(" ");
  EXPECT_EQ(ReasonOf(Send({head, End()})), "BAD_NOTE");
  head.mutable_head()->set_note(std::string(2001, 'x'));
  EXPECT_EQ(ReasonOf(Send({head, End()})), "BAD_NOTE");
}

TEST_F(AuthoringRpcTest, BoundsTheContent) {
  std::vector<v1::PublishRevisionRequest> parts = {Head("r", 0)};
  v1::PublishRevisionRequest part;
  constexpr size_t kPartBytes = 3'500'000;
  part.mutable_content()->add_roadmaps()->set_description(std::string(kPartBytes, 'x'));
  parts.insert(parts.end(), limits::kMaxContentBytes / kPartBytes + 1, part);
  parts.push_back(End());
  const auto refused = Send(parts);
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_EQ(ReasonOf(refused), "CONTENT_TOO_LARGE");
}

TEST_F(AuthoringRpcTest, BoundsWhatIsBeingReceivedAndTheTimeForIt) {
  std::vector<std::unique_ptr<grpc::ClientContext>> contexts;
  std::vector<v1::PublishRevisionResponse> responses(limits::kMaxPublications);
  std::vector<std::unique_ptr<grpc::ClientWriter<v1::PublishRevisionRequest>>> writers;
  for (int i = 0; i < limits::kMaxPublications; ++i) {
    contexts.push_back(std::make_unique<grpc::ClientContext>());
    rpc::AddBearer(*contexts.back(), kAuthoringToken);
    contexts.back()->set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(3)));
    writers.push_back(stub_->PublishRevision(contexts.back().get(), &responses[i]));
    ASSERT_TRUE(writers.back()->Write(Head(absl::StrCat("r", i), 0)));
  }
  EXPECT_TRUE(Eventually([&] { return ReasonOf(Publish("One", 0)) == "TOO_MANY_PUBLICATIONS"; }));
  for (auto& writer : writers) EXPECT_EQ(writer->Finish().error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
  EXPECT_TRUE(Eventually([&] { return Publish("One", 0).ok(); }));
}

TEST_F(AuthoringRpcTest, EndsWhatIsBeingReceivedWhenItStops) {
  grpc::ClientContext context;
  Prepare(context);
  v1::PublishRevisionResponse response;
  const auto writer = stub_->PublishRevision(&context, &response);
  ASSERT_TRUE(writer->Write(Head("r", 0)));
  service_.Stop();
  EXPECT_EQ(writer->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
}

TEST_F(AuthoringRpcTest, RollsBack) {
  ASSERT_OK(Publish("One", 0));
  ASSERT_OK(Publish("Two", 1));
  v1::RollbackRevisionRequest request;
  request.set_request_id("back");
  request.set_revision(1);
  request.set_expected_head(2);
  request.set_note("Two was wrong");
  ASSERT_OK_AND_ASSIGN(const auto response, Call(&Stub::RollbackRevision, request));
  EXPECT_EQ(response.revision().revision(), 3);
  EXPECT_EQ(response.revision().restored_revision(), 1);
  request.set_request_id("other");
  EXPECT_EQ(ReasonOf(Call(&Stub::RollbackRevision, request)), "HEAD_MOVED");
  request.set_revision(17);
  request.set_expected_head(3);
  EXPECT_EQ(ReasonOf(Call(&Stub::RollbackRevision, request)), "REVISION_NOT_FOUND");
}

TEST_F(AuthoringRpcTest, ListsNewestFirstInPages) {
  for (int i = 0; i < 5; ++i) ASSERT_OK(Publish(absl::StrCat("Title-", i), i));
  v1::ListRevisionsRequest request;
  request.set_page_size(2);
  std::vector<int64_t> numbers;
  int pages = 0;
  do {
    ASSERT_OK_AND_ASSIGN(const auto page, Call(&Stub::ListRevisions, request));
    for (const auto& revision : page.revisions()) numbers.push_back(revision.revision());
    request.set_page_token(page.next_page_token());
    ++pages;
  } while (!request.page_token().empty());
  EXPECT_THAT(numbers, ElementsAre(5, 4, 3, 2, 1));
  EXPECT_EQ(pages, 3);
  request.set_page_token("forged");
  EXPECT_EQ(ReasonOf(Call(&Stub::ListRevisions, request)), "BAD_PAGE_TOKEN");
  request.set_page_size(1001);
  EXPECT_EQ(ReasonOf(Call(&Stub::ListRevisions, request)), "BAD_PAGE_SIZE");
}

TEST_F(AuthoringRpcTest, GetsOneOrTheNewest) {
  v1::GetRevisionRequest request;
  EXPECT_EQ(ReasonOf(Call(&Stub::GetRevision, request)), "REVISION_NOT_FOUND");
  ASSERT_OK(Publish("One", 0));
  ASSERT_OK(Publish("Two", 1));
  ASSERT_OK_AND_ASSIGN(const auto newest, Call(&Stub::GetRevision, request));
  EXPECT_EQ(newest.revision().revision(), 2);
  request.set_revision(1);
  ASSERT_OK_AND_ASSIGN(const auto first, Call(&Stub::GetRevision, request));
  EXPECT_EQ(first.revision().revision(), 1);
}

TEST_F(AuthoringRpcTest, GetsContentPageByPage) {
  v1::RevisionContent large = testing::GoodContent();
  for (auto& keyed : *large.mutable_questions()) keyed.mutable_key()->set_explanation(std::string(3900, 'x'));
  for (int i = 0; i < 700; ++i) {
    v1::Flashcard& card = *large.add_flashcards();
    card.set_card_id(absl::StrCat("water.more-", i));
    card.set_concept_id("water");
    card.set_front(absl::StrCat("front ", i));
    card.set_back(std::string(1900, 'y'));
  }
  std::vector<v1::PublishRevisionRequest> parts = {Head("large", 0)};
  for (auto& part : Parts(large)) parts.push_back(std::move(part));
  parts.push_back(End());
  ASSERT_OK_AND_ASSIGN(const auto published, Send(parts));
  ASSERT_EQ(published.finding_count(), 0) << published.findings(0).DebugString();
  v1::GetRevisionContentRequest request;
  request.set_revision(1);
  v1::RevisionContent content;
  int pages = 0;
  do {
    ASSERT_OK_AND_ASSIGN(auto page, Call(&Stub::GetRevisionContent, request));
    EXPECT_LE(page.ByteSizeLong(), limits::kMaxPartBytes + 100);
    content.MergeFrom(page.content());
    request.set_page_token(page.next_page_token());
    ++pages;
  } while (!request.page_token().empty());
  EXPECT_GE(pages, 2);
  EXPECT_EQ(DigestOf(content), published.revision().digest());
  for (const char* forged : {"piece-99", "piece--1", "piece-x", "before-1"}) {
    request.set_page_token(forged);
    EXPECT_EQ(ReasonOf(Call(&Stub::GetRevisionContent, request)), "BAD_PAGE_TOKEN") << forged;
  }
  request.set_revision(2);
  request.set_page_token("");
  EXPECT_EQ(ReasonOf(Call(&Stub::GetRevisionContent, request)), "REVISION_NOT_FOUND");
}

TEST_F(AuthoringRpcTest, HidesWhatTheStoreSays) {
  store_.FailAppends(absl::UnavailableError("/secret/path is locked"));
  const auto failed = Publish("One", 0);
  EXPECT_EQ(ReasonOf(failed), "STORE_UNAVAILABLE");
  EXPECT_THAT(std::string(failed.status().message()), ::testing::Not(HasSubstr("secret")));
}

}  // namespace
}  // namespace edirae::catalog
