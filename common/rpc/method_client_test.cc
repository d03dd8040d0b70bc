#include <atomic>
#include <condition_variable>
#include <latch>
#include <mutex>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/rpc/channel.h"
#include "common/rpc/limits.h"
#include "common/rpc/mux_client.h"
#include "common/rpc/mux_server.h"
#include "common/rpc/peer.h"
#include "common/rpc/server.h"
#include "common/rpc/together.h"
#include "common/status/error.h"
#include "gtest/gtest.h"

namespace edirae::rpc {
namespace {

constexpr char kSecret[] = "0123456789abcdef0123456789abcdef";
constexpr char kEcho[] = "/test.Service/Echo";
constexpr char kHold[] = "/test.Service/Hold";
constexpr char kFail[] = "/test.Service/Fail";
constexpr char kBreak[] = "/test.Service/Break";

// A server with four methods: one echoes the principal and the request, one keeps calls until released, one refuses,
// and one is broken.
class CalledService : public testing::Test {
 protected:
  CalledService() {
    methods_.Add(kEcho, [](const CallContext& context, absl::string_view request, Done done) {
      std::move(done)(std::make_shared<const std::string>(absl::StrCat(context.principal.subject(), ":", request)));
    });
    methods_.Add(kHold, [this](const CallContext&, absl::string_view, Done done) {
      const std::lock_guard lock(mutex_);
      held_.push_back(std::move(done));
      changed_.notify_all();
    });
    methods_.Add(kFail, [](const CallContext&, absl::string_view, Done done) {
      std::move(done)(MakeError(absl::StatusCode::kNotFound, "NO_SUCH_THING", "there is none"));
    });
    methods_.Add(kBreak, [](const CallContext&, absl::string_view, Done done) {
      std::move(done)(absl::InternalError("a detail for the log"));
    });
    StartServer("127.0.0.1:0");
  }

  ~CalledService() override {
    Release();
    mux_->Drain();
  }

  void StartServer(const std::string& listen) {
    mux_ = std::make_unique<MuxServer>(methods_, authenticator_);
    auto server = Server::Start({.listen = listen, .drain_delay = absl::ZeroDuration()}, {mux_.get()});
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
  }

  void Release() {
    std::vector<Done> held;
    {
      const std::lock_guard lock(mutex_);
      held.swap(held_);
    }
    const Together together;
    for (Done& done : held) std::move(done)(std::make_shared<const std::string>("released"));
  }

  void WaitForHeld(size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return held_.size() >= count; });
  }

  static CallContext Context(absl::Duration timeout = absl::Seconds(10)) {
    CallContext context;
    context.principal.set_subject("ada");
    context.principal.set_role(identity::v1::ROLE_LEARNER);
    context.deadline = absl::Now() + timeout;
    return context;
  }

  struct Answer {
    std::mutex mutex;
    std::condition_variable arrived;
    std::optional<absl::StatusOr<Bytes>> value;

    Done Expect() {
      return [this](absl::StatusOr<Bytes> got) {
        const std::lock_guard lock(mutex);
        value = std::move(got);
        arrived.notify_all();
      };
    }
    absl::StatusOr<Bytes> Wait() {
      std::unique_lock lock(mutex);
      arrived.wait(lock, [this] { return value.has_value(); });
      return *value;
    }
  };

  static absl::StatusOr<std::string> Call(MethodClient& client, const char* method, const std::string& request,
                                          const CallContext& context = Context()) {
    Answer answer;
    client.Call(method, context, request, answer.Expect());
    const absl::StatusOr<Bytes> got = answer.Wait();
    if (!got.ok()) return got.status();
    return **got;
  }

  // A broken stream is opened again after a pause, so the first calls after a restart may be refused.
  static absl::StatusOr<std::string> CallUntilAnswered(MuxClient& client) {
    const absl::Time end = absl::Now() + absl::Seconds(10);
    absl::StatusOr<std::string> got;
    do {
      got = Call(client, kEcho, "again");
    } while (!got.ok() && absl::Now() < end);
    return got;
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Done> held_;
  Metrics metrics_;
  MethodTable methods_{"test.edirae", metrics_};
  ServiceAuthenticator authenticator_{kSecret};
  std::unique_ptr<MuxServer> mux_;
  std::unique_ptr<Server> server_;
};

// By every way to call it.
enum class Way { kStream, kStreamInProcess, kLocal };

class MethodClientTest : public CalledService, public testing::WithParamInterface<Way> {
 protected:
  std::unique_ptr<MethodClient> NewClient() {
    switch (GetParam()) {
      case Way::kStream:
        return NewMethodClient({.channel = NewClientChannel(server_->address())}, kSecret);
      case Way::kStreamInProcess:
        return NewMethodClient({.channel = server_->InProcessChannel()}, kSecret);
      case Way::kLocal:
        return NewMethodClient({.channel = server_->InProcessChannel(), .methods = &methods_}, kSecret);
    }
    return nullptr;
  }
};

std::string NameOf(const testing::TestParamInfo<Way>& info) {
  constexpr const char* kNames[] = {"Stream", "StreamInProcess", "Local"};
  return kNames[static_cast<size_t>(info.param)];
}

INSTANTIATE_TEST_SUITE_P(Ways, MethodClientTest, testing::Values(Way::kStream, Way::kStreamInProcess, Way::kLocal),
                         NameOf);

// Over the stream only.
using MuxTest = CalledService;

TEST_P(MethodClientTest, AFailureNamesTheTraceOfTheCaller) {
  const auto client = NewClient();
  CallContext traced = Context();
  traced.traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  const auto trace_of = [](const absl::StatusOr<std::string>& answer) {
    const errors::v1::ErrorInfo info = ErrorInfoOf(answer.status());
    const auto found = info.metadata().find("trace_id");
    return found == info.metadata().end() ? "none" : found->second;
  };
  EXPECT_EQ(trace_of(Call(*client, kFail, "", traced)), "4bf92f3577b34da6a3ce929d0e0e4736");
  EXPECT_EQ(trace_of(Call(*client, kFail, "")), "none") << "nobody logged it";

  ::testing::internal::CaptureStderr();
  const std::string logged = trace_of(Call(*client, kBreak, ""));
  EXPECT_EQ(logged.size(), 32);
  EXPECT_NE(::testing::internal::GetCapturedStderr().find(logged), std::string::npos) << "the log has it too";
}

TEST_P(MethodClientTest, CarriesPrincipalRequestAndResponse) {
  const auto client = NewClient();
  EXPECT_EQ(*Call(*client, kEcho, "hello"), "ada:hello");
}

TEST_P(MethodClientTest, CarriesErrorsWithTheirReason) {
  const auto client = NewClient();
  const absl::Status got = Call(*client, kFail, "").status();
  EXPECT_EQ(got.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(ErrorInfoOf(got).reason(), "NO_SUCH_THING");
  EXPECT_EQ(ErrorInfoOf(got).domain(), "test.edirae");
  EXPECT_EQ(Call(*client, kBreak, "").status().message().find("a detail"), absl::string_view::npos)
      << "it is no secret";
  EXPECT_EQ(Call(*client, "/test.Service/None", "").status().code(), absl::StatusCode::kUnimplemented);
}

TEST_P(MethodClientTest, AnswersOutOfOrder) {
  const auto client = NewClient();
  Answer slow;
  client->Call(kHold, Context(), "", slow.Expect());
  WaitForHeld(1);
  EXPECT_TRUE(Call(*client, kEcho, "quick").ok());
  Release();
  EXPECT_EQ(**slow.Wait(), "released");
}

TEST_P(MethodClientTest, ManyThreadsGetTheirOwnAnswers) {
  const auto client = NewClient();
  std::atomic<int> wrong = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 500; ++i) {
        const std::string request = absl::StrCat(t, "-", i);
        const auto got = Call(*client, kEcho, request);
        if (!got.ok() || *got != "ada:" + request) ++wrong;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

TEST_P(MethodClientTest, MoreThanOneMessageHoldsArrivesWhole) {
  const auto client = NewClient();
  const std::string large(300'000, 'x');
  std::vector<std::unique_ptr<Answer>> answers;
  for (int i = 0; i < 40; ++i) {  // 12 MB at once, each message at most 4 MB
    answers.push_back(std::make_unique<Answer>());
    client->Call(kEcho, Context(), large, answers.back()->Expect());
  }
  for (auto& answer : answers) {
    const auto got = answer->Wait();
    ASSERT_TRUE(got.ok()) << got.status();
    EXPECT_EQ((*got)->size(), large.size() + 4);
  }
}

TEST_P(MethodClientTest, CallsPastTheirDeadlineAreGivenUp) {
  const auto client = NewClient();
  EXPECT_EQ(Call(*client, kHold, "", Context(absl::Milliseconds(50))).status().code(),
            absl::StatusCode::kDeadlineExceeded);
  EXPECT_TRUE(Call(*client, kEcho, "still here").ok());
}

TEST_P(MethodClientTest, UnansweredCallsAreBounded) {
  const auto client = NewClient();
  std::atomic<int> ended = 0;
  std::atomic<int> refused = 0;
  const int excess = 10;
  const int calls = static_cast<int>(limits::kMaxUnanswered) + excess;
  for (int i = 0; i < calls; ++i) {
    client->Call(kHold, Context(), "", [&](const absl::StatusOr<Bytes>& got) {
      if (got.status().code() == absl::StatusCode::kResourceExhausted) ++refused;
      ++ended;
    });
  }
  EXPECT_EQ(refused, excess);
  WaitForHeld(limits::kMaxUnanswered);
  Release();
  while (ended < calls) std::this_thread::yield();
}

TEST_P(MethodClientTest, CallsThatWereGivenUpCountWhileTheyRun) {
  const auto client = NewClient();
  std::atomic<size_t> late = 0;
  for (size_t i = 0; i < limits::kMaxUnanswered; ++i) {
    client->Call(kHold, Context(absl::Seconds(1)), "", [&](const absl::StatusOr<Bytes>& got) {
      if (got.status().code() == absl::StatusCode::kDeadlineExceeded) ++late;
    });
  }
  WaitForHeld(limits::kMaxUnanswered);
  while (late < limits::kMaxUnanswered) std::this_thread::yield();
  EXPECT_EQ(Call(*client, kEcho, "one more").status().code(), absl::StatusCode::kResourceExhausted);
  Release();
  while (!Call(*client, kEcho, "again").ok()) std::this_thread::yield();
}

TEST_P(MethodClientTest, DestroyingTheClientWaitsForAnswersUnderWay) {
  auto client = NewClient();
  std::latch entered{1};
  std::atomic<bool> completed = false;
  client->Call(kHold, Context(), "", [&](const absl::StatusOr<Bytes>&) {
    entered.count_down();
    for (int i = 0; i < 1000; ++i) std::this_thread::yield();  // so that a destructor that does not wait is done
    completed = true;
  });
  WaitForHeld(1);
  std::thread release([this] { Release(); });
  entered.wait();
  client.reset();
  EXPECT_TRUE(completed);
  release.join();
}

TEST_P(MethodClientTest, DestroyingTheClientEndsItsCalls) {
  auto client = NewClient();
  Answer waiting;
  client->Call(kHold, Context(), "", waiting.Expect());
  WaitForHeld(1);
  client.reset();
  const absl::Status got = waiting.Wait().status();
  EXPECT_EQ(got.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(ErrorInfoOf(got).reason(), "SERVICE_UNAVAILABLE");
}

TEST_F(MuxTest, RefusesCallersWithoutTheServiceToken) {
  MuxClient client(NewClientChannel(server_->address()), "not-the-secret");
  const absl::Status got = Call(client, kEcho, "").status();
  EXPECT_EQ(ErrorInfoOf(got).reason(), "SERVICE_REFUSED_US");
}

TEST_F(MuxTest, ABrokenStreamFailsWhatWaitsAndIsOpenedAgain) {
  MuxClient client(NewClientChannel(server_->address()), kSecret);
  Answer lost;
  client.Call(kHold, Context(), "", lost.Expect());
  WaitForHeld(1);
  const std::string address = server_->address();
  server_.reset();  // cancels what runs
  EXPECT_EQ(lost.Wait().status().code(), absl::StatusCode::kUnavailable);
  Release();
  StartServer(address);
  EXPECT_TRUE(CallUntilAnswered(client).ok());
}

TEST_F(MuxTest, DrainingAnswersWhatRunsAndRefusesWhatIsNew) {
  MuxClient client(NewClientChannel(server_->address()), kSecret);
  Answer running;
  client.Call(kHold, Context(), "", running.Expect());
  WaitForHeld(1);
  mux_->Drain();
  EXPECT_EQ(Call(client, kEcho, "new").status().code(), absl::StatusCode::kUnavailable);
  Release();
  EXPECT_TRUE(running.Wait().ok());
  const absl::Time start = absl::Now();
  server_->Drain();
  EXPECT_LT(absl::Now() - start, absl::Seconds(5)) << "the stream held the server";
}

}  // namespace
}  // namespace edirae::rpc
