#include "gateway/clients/recommend_replicas.h"

#include "absl/strings/str_cat.h"
#include "common/rpc/channel.h"
#include "common/status/error.h"
#include "gateway/limits.h"
#include "gtest/gtest.h"

namespace edirae::gateway {
namespace {

absl::Status OwnedBy(const std::string& owner) {
  ErrorMetadata metadata = {{"partition", "5"}};
  if (!owner.empty()) metadata["owner"] = owner;
  return MakeError(absl::StatusCode::kUnavailable, "OTHER_REPLICA", "", metadata);
}

std::vector<rpc::Peer> Peers(size_t count) {
  std::vector<rpc::Peer> peers(count);
  for (rpc::Peer& peer : peers) peer.channel = rpc::NewChannel("127.0.0.1:1");
  return peers;
}

TEST(RecommendReplicas, GoesWhereARefusalPointsAndRemembersIt) {
  RecommendReplicas replicas(Peers(3), "token");
  const size_t first = replicas.Find("ada");
  const size_t owner = (first + 2) % 3;
  EXPECT_TRUE(replicas.FindAnother("ada", first, OwnedBy(absl::StrCat(owner))));
  EXPECT_EQ(replicas.Find("ada"), owner);
  EXPECT_TRUE(replicas.FindAnother("ada", owner, OwnedBy(absl::StrCat(first))));
  EXPECT_EQ(replicas.Find("ada"), first);
}

TEST(RecommendReplicas, AsksNobodyElseWhenNobodyWouldAnswerOrSomebodyHas) {
  RecommendReplicas replicas(Peers(3), "token");
  const size_t first = replicas.Find("ada");
  EXPECT_FALSE(replicas.FindAnother("ada", first, OwnedBy("")));
  EXPECT_FALSE(replicas.FindAnother("ada", first, OwnedBy("3"))) << "an ordinal that has no address";
  EXPECT_FALSE(replicas.FindAnother("ada", first, OwnedBy(absl::StrCat(first))));
  EXPECT_FALSE(replicas.FindAnother("ada", first, absl::NotFoundError("no such roadmap")));
  EXPECT_FALSE(replicas.FindAnother("ada", first, absl::OkStatus()));
  EXPECT_EQ(replicas.Find("ada"), first);
}

TEST(RecommendReplicas, GoesOnToTheNextWhenOneDoesNotAnswer) {
  RecommendReplicas replicas(Peers(2), "token");
  const size_t first = replicas.Find("ada");
  EXPECT_TRUE(replicas.FindAnother("ada", first, absl::UnavailableError("connection refused")));
  EXPECT_EQ(replicas.Find("ada"), 1 - first);
}

TEST(RecommendReplicas, OneIsAlwaysRight) {
  RecommendReplicas replicas(Peers(1), "token");
  EXPECT_EQ(replicas.Find("ada"), 0);
  EXPECT_FALSE(replicas.FindAnother("ada", 0, absl::UnavailableError("connection refused")));
}

TEST(RecommendReplicas, RemembersTheLearnersOfTwoGenerations) {
  RecommendReplicas replicas(Peers(2), "token");
  const size_t other = 1 - replicas.Find("ada");
  const auto learn = [&](const std::string& who) {
    replicas.FindAnother(who, 1 - other, OwnedBy(absl::StrCat(other)));
  };
  learn("ada");
  for (size_t i = 0; i < limits::kKnownReplicasGeneration; ++i) learn(absl::StrCat("a", i));
  EXPECT_EQ(replicas.Find("ada"), other);  // and is of the new generation by that
  for (size_t i = 0; i < limits::kKnownReplicasGeneration; ++i) learn(absl::StrCat("b", i));
  EXPECT_EQ(replicas.Find("ada"), other);
  for (size_t i = 0; i < 2 * limits::kKnownReplicasGeneration; ++i) learn(absl::StrCat("c", i));
  EXPECT_EQ(replicas.Find("ada"), 1 - other) << "forgotten: guessed again";
}

}  // namespace
}  // namespace edirae::gateway
