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

TEST(Error, OkHasNoDetails) {
  const errors::v1::Status shown = ToProto(absl::OkStatus(), "progress.edirae");
  EXPECT_EQ(shown.code(), 0);
  EXPECT_EQ(shown.details_size(), 0);
}

}  // namespace
}  // namespace edirae
