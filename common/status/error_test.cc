#include "common/status/error.h"

#include "gtest/gtest.h"

namespace edirae {
namespace {

TEST(Error, KeepsReasonAndMetadataOverTheWire) {
  const absl::Status sent = MakeError(absl::StatusCode::kNotFound, "CONCEPT_NOT_FOUND", "there is no concept 'bayes'",
                                      {{"concept_id", "bayes"}});
  const absl::Status got = FromProto(ToProto(sent, "catalog.edirae"));
  EXPECT_EQ(got.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(got.message(), "there is no concept 'bayes'");
  const errors::v1::ErrorInfo info = ErrorInfoOf(got);
  EXPECT_EQ(info.reason(), "CONCEPT_NOT_FOUND");
  EXPECT_EQ(info.domain(), "catalog.edirae");
  EXPECT_EQ(info.metadata().at("concept_id"), "bayes");
}

TEST(Error, KeepsTheDomainOfTheServiceThatNamedItFirst) {
  const absl::Status inner = FromProto(ToProto(absl::NotFoundError("gone"), "progress.edirae"));
  const absl::Status outer = FromProto(ToProto(inner, "gateway.edirae"));
  EXPECT_EQ(ErrorInfoOf(outer).domain(), "progress.edirae");
}

TEST(Error, HidesInternalMessages) {
  const errors::v1::Status shown = ToProto(absl::InternalError("password is hunter2"), "progress.edirae");
  EXPECT_EQ(shown.message().find("hunter2"), std::string::npos);
}

TEST(Error, RepeatsLittleOfWhatTheCallerSent) {
  const std::string sent = "a\x01" + std::string(60'000, 'x');
  const absl::Status error =
      MakeError(absl::StatusCode::kNotFound, "QUESTION_NOT_FOUND", "there is no " + sent, {{"question_id", sent}});
  const errors::v1::Status shown = ToProto(error, "progress.edirae");
  EXPECT_LT(shown.ByteSizeLong(), 2000);
  EXPECT_EQ(shown.message().find('\x01'), std::string::npos);
  EXPECT_EQ(ErrorInfoOf(FromProto(shown)).metadata().at("question_id").substr(0, 3), "a?x");
}

TEST(Error, CutsBetweenCharacters) {
  std::string sent = "a";
  for (int i = 0; i < 1000; ++i) sent += "ä";
  const errors::v1::Status shown = ToProto(absl::NotFoundError(sent), "progress.edirae");
  EXPECT_EQ(shown.message().substr(shown.message().size() - 5), "ä…");
}

TEST(Error, SaysHowLongToPauseWhereThatHelps) {
  const auto pause_of = [](absl::StatusCode code) {
    const auto info = ErrorInfoOf(FromProto(ToProto(MakeError(code, "SOME_REASON", "no"), "progress.edirae")));
    return info.metadata().contains("retry_after_ms") ? info.metadata().at("retry_after_ms") : "";
  };
  EXPECT_EQ(pause_of(absl::StatusCode::kUnavailable), "1000");
  EXPECT_EQ(pause_of(absl::StatusCode::kResourceExhausted), "1000");
  EXPECT_EQ(pause_of(absl::StatusCode::kInvalidArgument), "");
}

TEST(Error, OkHasNoDetails) {
  const errors::v1::Status shown = ToProto(absl::OkStatus(), "progress.edirae");
  EXPECT_EQ(shown.code(), 0);
  EXPECT_EQ(shown.details_size(), 0);
}

}  // namespace
}  // namespace edirae
