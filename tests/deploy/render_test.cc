// The manifests of this tree, as a cluster would get them.
#include "tests/deploy/render.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/deploy/rules.h"
#include "tests/deploy/settings.h"

namespace edirae::deploy {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// What deploy/README.md tells the administrator to create.
const ExternalSecrets& DocumentedSecrets() {
  static const auto* const secrets = new ExternalSecrets{{"edirae-tokens", {"service-token", "token-secret"}}};
  return *secrets;
}

TEST(Base, RendersAndKeepsEveryRule) {
  const auto base = Render("deploy/k8s/base");
  ASSERT_TRUE(base.ok()) << base.status().message();
  EXPECT_THAT(CheckAll(*base, DocumentedSecrets()), IsEmpty());
}

TEST(Base, RunsEveryProgramAndTheBus) {
  const auto base = Render("deploy/k8s/base");
  ASSERT_TRUE(base.ok()) << base.status().message();
  EXPECT_TRUE(base->Find("StatefulSet", "catalog").IsMap());
  EXPECT_TRUE(base->Find("StatefulSet", "progress").IsMap());
  EXPECT_TRUE(base->Find("StatefulSet", "recommend").IsMap());
  EXPECT_TRUE(base->Find("Deployment", "gateway").IsMap());
  EXPECT_TRUE(base->Find("StatefulSet", "nats").IsMap());
  EXPECT_THAT(base->Workloads(), SizeIs(Programs().size() + 1));
}

TEST(Base, ContainsNoSecret) {
  const auto base = Render("deploy/k8s/base");
  ASSERT_TRUE(base.ok()) << base.status().message();
  EXPECT_THAT(base->OfKind("Secret"), IsEmpty());
}

TEST(LocalOverlay, RendersAndBringsItsOwnSecrets) {
  const auto local = Render("deploy/k8s/overlays/local");
  ASSERT_TRUE(local.ok()) << local.status().message();
  EXPECT_THAT(CheckAll(*local, /*external=*/{}), IsEmpty());
}

TEST(RecommendReplicas, RendersWithoutAVolumeAndKeepsEveryRule) {
  const auto replicas = Render("deploy/k8s/overlays/recommend-replicas");
  ASSERT_TRUE(replicas.ok()) << replicas.status().message();
  ExternalSecrets secrets = DocumentedSecrets();
  secrets["recommend-store"] = {"url"};
  EXPECT_THAT(CheckAll(*replicas, secrets), IsEmpty());
  EXPECT_FALSE(replicas->Find("StatefulSet", "recommend")["spec"]["volumeClaimTemplates"]);
}

TEST(VerifyLedger, IsConfinedLikeTheProgramsAndMountsTheLedger) {
  const auto rendered = Render("deploy/k8s/jobs/verify-ledger");
  ASSERT_TRUE(rendered.ok()) << rendered.status().message();
  ASSERT_THAT(rendered->OfKind("Job"), SizeIs(1));
  Manifests job = rendered->Clone();
  YAML::Node pod_owner = job.Find("Job", "verify-ledger");
  pod_owner["kind"] = "Deployment";  // the rules are about what runs for good
  ASSERT_THAT(job.Containers(), SizeIs(1));
  EXPECT_THAT(CheckConfinement(job), IsEmpty());
  EXPECT_THAT(CheckResources(job), IsEmpty());
  EXPECT_THAT(CheckImages(job), IsEmpty());
  const Container container = job.Containers()[0];
  EXPECT_EQ(container.ImageName(), "edirae-tools");
  const YAML::Node args = At(container.spec, {"args"});
  const YAML::Node mount = At(container.spec, {"volumeMounts"})[0];
  EXPECT_EQ(TextAt(mount, {"name"}), "data");
  EXPECT_EQ(TextAt(mount, {"mountPath"}), args[args.size() - 1].as<std::string>());

  const auto base = Render("deploy/k8s/base");
  ASSERT_TRUE(base.ok()) << base.status().message();
  const YAML::Node progress = base->Find("StatefulSet", "progress");
  const YAML::Node volume = At(pod_owner, {"spec", "template", "spec", "volumes"})[0];
  EXPECT_EQ(TextAt(volume, {"name"}), "data");
  EXPECT_EQ(
      TextAt(volume, {"persistentVolumeClaim", "claimName"}),
      absl::StrCat(TextAt(At(progress, {"spec", "volumeClaimTemplates"})[0], {"metadata", "name"}), "-progress-0"));
  EXPECT_EQ(TextAt(pod_owner, {"metadata", "namespace"}), TextAt(progress, {"metadata", "namespace"}));
}

TEST(Readme, TellsHowToCreateTheSecrets) {
  const auto readme = ReadFile("deploy/README.md");
  ASSERT_TRUE(readme.ok()) << readme.status();
  for (const auto& [name, keys] : DocumentedSecrets()) {
    EXPECT_THAT(*readme, HasSubstr(absl::StrCat("create secret generic ", name)));
    for (const std::string& key : keys) EXPECT_THAT(*readme, HasSubstr(absl::StrCat("--from-literal=", key, "=")));
  }
}

TEST(NatsConf, IsReadByNatsServer) {
  const absl::Status status = CheckNatsConfig("deploy/k8s/base/nats.conf");
  EXPECT_TRUE(status.ok()) << status.message();
}

TEST(Containerfile, HasATargetForEveryProgram) {
  const auto containerfile = ReadFile("deploy/images/Containerfile");
  ASSERT_TRUE(containerfile.ok()) << containerfile.status();
  EXPECT_THAT(CheckContainerfile(*containerfile), IsEmpty());
}

}  // namespace
}  // namespace edirae::deploy
