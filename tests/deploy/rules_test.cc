// Breaks the real manifests in one place at a time, and sees that a rule says so.
#include "tests/deploy/rules.h"

#include <functional>
#include <initializer_list>

#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/deploy/render.h"

namespace edirae::deploy {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// One mistake, and the words in which it has to be reported.
struct Mistake {
  std::function<void(Manifests&)> make;
  std::string reported;
};

// The overlay that lacks nothing, rendered once.
const absl::StatusOr<Manifests>& LocalOverlay() {
  static const auto* const rendered = new absl::StatusOr<Manifests>(Render("deploy/k8s/overlays/local"));
  return *rendered;
}

class Rules : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(LocalOverlay().ok()) << LocalOverlay().status().message(); }

  static void ExpectReported(std::initializer_list<Mistake> mistakes) {
    ASSERT_THAT(CheckAll(*LocalOverlay(), {}), IsEmpty());
    for (const Mistake& mistake : mistakes) {
      Manifests broken = LocalOverlay()->Clone();
      mistake.make(broken);
      EXPECT_THAT(CheckAll(broken, {}), Contains(HasSubstr(mistake.reported)));
    }
  }
};

// Where the mistakes are made. Nodes are handles: what is assigned to them lands in the manifests.
YAML::Node Workload(Manifests& m, const std::string& name) {
  const YAML::Node deployment = m.Find("Deployment", name);
  return deployment.IsMap() ? deployment : m.Find("StatefulSet", name);
}
YAML::Node Template(Manifests& m, const std::string& name) { return At(Workload(m, name), {"spec", "template"}); }
YAML::Node Pod(Manifests& m, const std::string& name) { return At(Template(m, name), {"spec"}); }
YAML::Node Main(Manifests& m, const std::string& name) { return Pod(m, name)["containers"][0]; }
YAML::Node Service(Manifests& m, const std::string& name) { return At(m.Find("Service", name), {"spec"}); }
YAML::Node Variable(Manifests& m, const std::string& program, const std::string& name) {
  for (YAML::Node each : Main(m, program)["env"]) {
    if (TextAt(each, {"name"}) == name) return each;
  }
  ADD_FAILURE() << program << " has no " << name;
  return {};
}

TEST_F(Rules, ReportConfinementThatIsLoosened) {
  ExpectReported({
      {[](auto& m) { Pod(m, "gateway").remove("automountServiceAccountToken"); }, "service account token"},
      {[](auto& m) { Pod(m, "gateway")["hostNetwork"] = true; }, "uses hostNetwork"},
      {[](auto& m) { Pod(m, "nats")["volumes"][0]["hostPath"]["path"] = "/"; }, "mounts a hostPath"},
      {[](auto& m) { Pod(m, "catalog")["securityContext"]["runAsNonRoot"] = false; }, "runAsNonRoot"},
      {[](auto& m) { Main(m, "catalog")["securityContext"]["runAsUser"] = 0; }, "other than root"},
      {[](auto& m) { Pod(m, "progress")["securityContext"].remove("seccompProfile"); }, "seccompProfile"},
      {[](auto& m) { Main(m, "nats")["securityContext"].remove("readOnlyRootFilesystem"); }, "readOnlyRootFilesystem"},
      {[](auto& m) { Main(m, "nats")["securityContext"]["allowPrivilegeEscalation"] = true; }, "PrivilegeEscalation"},
      {[](auto& m) { Main(m, "nats")["securityContext"]["privileged"] = true; }, "is privileged"},
      {[](auto& m) { Main(m, "gateway")["securityContext"]["capabilities"].remove("drop"); }, "drop ALL"},
      {[](auto& m) { Main(m, "gateway")["securityContext"]["capabilities"]["add"].push_back("NET_RAW"); },
       "adds capabilities"},
      {[](auto& m) { Pod(m, "gateway")["initContainers"].push_back(YAML::Load("{name: init, image: 'a:1'}")); },
       "container init: readOnlyRootFilesystem"},
  });
}

TEST_F(Rules, ReportMissingResources) {
  ExpectReported({
      {[](auto& m) { Main(m, "progress")["resources"]["limits"].remove("memory"); }, "no limits for memory"},
      {[](auto& m) { Main(m, "progress")["resources"]["limits"].remove("cpu"); }, "no limits for cpu"},
      {[](auto& m) { Main(m, "nats")["resources"].remove("requests"); }, "no requests for memory"},
  });
}

TEST_F(Rules, ReportImagesWithoutAFixedVersion) {
  ExpectReported({
      {[](auto& m) { Main(m, "nats")["image"] = "nats:latest"; }, "is not a fixed version"},
      {[](auto& m) { Main(m, "nats")["image"] = "nats"; }, "neither tag nor digest"},
      {[](auto& m) { Main(m, "gateway")["image"] = "host:5000/edirae-gateway"; }, "neither tag nor digest"},
  });
}

TEST_F(Rules, ReportProbesThatCannotWork) {
  ExpectReported({
      {[](auto& m) { Main(m, "progress").remove("startupProbe"); }, "startupProbe is missing"},
      {[](auto& m) { Main(m, "progress")["readinessProbe"]["timeoutSeconds"] = 1; }, "timeout below"},
      {[](auto& m) { Main(m, "progress")["readinessProbe"].remove("timeoutSeconds"); }, "timeout below"},
      {[](auto& m) { Main(m, "progress")["readinessProbe"]["grpc"]["port"] = 7401; }, "asks port '7401'"},
      {[](auto& m) { Main(m, "progress")["readinessProbe"]["grpc"]["port"] = "grpc"; }, "needs a number"},
      {[](auto& m) { Main(m, "progress")["readinessProbe"]["grpc"]["service"] = "liveness"; }, "service 'readiness'"},
      {[](auto& m) {
         Main(m, "gateway")["livenessProbe"] = YAML::Load("{httpGet: {port: metrics}, timeoutSeconds: 5}");
       },
       "is not a gRPC probe"},
      {[](auto& m) { Main(m, "nats")["livenessProbe"]["httpGet"]["port"] = "metrics"; }, "asks port 'metrics'"},
  });
}

TEST_F(Rules, ReportTooLittleTimeToDrain) {
  ExpectReported({
      {[](auto& m) { Pod(m, "progress")["terminationGracePeriodSeconds"] = 10; }, "s to stop"},
      {[](auto& m) { Pod(m, "progress").remove("terminationGracePeriodSeconds"); }, "s to stop"},
  });
}

TEST_F(Rules, ReportSettingsThatTheProgramDoesNotRead) {
  ExpectReported({
      {[](auto& m) { Variable(m, "gateway", "EDIRAE_LOG_LEVEL")["name"] = "EDIRAE_LOGLEVEL"; },
       "EDIRAE_LOGLEVEL is not"},
      {[](auto& m) { Variable(m, "gateway", "EDIRAE_LOG_LEVEL")["name"] = "EDIRAE_DATA"; }, "EDIRAE_DATA is not"},
      {[](auto& m) { Variable(m, "nats", "GOMEMLIMIT")["name"] = "EDIRAE_DATA"; }, "EDIRAE_DATA is not"},
      {[](auto& m) { Main(m, "catalog")["envFrom"] = YAML::Load("[{configMapRef: {name: nats-config}}]"); }, "envFrom"},
  });
}

TEST_F(Rules, ReportSettingsThatTheProgramMisses) {
  ExpectReported({
      {[](auto& m) { Variable(m, "progress", "EDIRAE_DATA")["name"] = "DATA"; }, "EDIRAE_DATA is missing"},
      {[](auto& m) { Variable(m, "progress", "EDIRAE_DATA")["value"] = ""; }, "EDIRAE_DATA has no value"},
      {[](auto& m) { Variable(m, "progress", "EDIRAE_LOG_LEVEL")["name"] = "EDIRAE_DATA"; }, "is set twice"},
      {[](auto& m) { Variable(m, "gateway", "EDIRAE_TOKEN_SECRET").remove("valueFrom"); }, "not come from a Secret"},
  });
}

TEST_F(Rules, ReportListenPortsThatDisagree) {
  ExpectReported({
      {[](auto& m) { Variable(m, "recommend", "EDIRAE_LISTEN")["value"] = "127.0.0.1:7403"; }, "not on 0.0.0.0:7403"},
      {[](auto& m) { Variable(m, "recommend", "EDIRAE_METRICS_LISTEN")["value"] = "0.0.0.0:7412"; }, "for metrics"},
      {[](auto& m) { Main(m, "recommend")["ports"][1]["containerPort"] = 9090; }, "named metrics is not 7413"},
      {[](auto& m) { Template(m, "recommend")["metadata"]["annotations"]["prometheus.io/port"] = "80"; }, "to scrape"},
  });
}

TEST_F(Rules, ReportObjectsOutsideTheNamespace) {
  ExpectReported({
      {[](auto& m) { m.Find("Service", "nats")["metadata"].remove("namespace"); },
       "Service/nats: is not in the namespace"},
      {[](auto& m) { m.Remove("Namespace", "edirae"); }, "0 namespaces"},
  });
}

TEST_F(Rules, ReportSelectorsThatMatchOtherThanOneWorkload) {
  const std::string name = "app.kubernetes.io/name";
  ExpectReported({
      {[&](auto& m) { Service(m, "nats")["selector"][name] = "bus"; }, "Service/nats: its selector matches 0"},
      {[&](auto& m) { Service(m, "nats")["selector"].remove(name); }, "Service/nats: its selector matches 5"},
      {[&](auto& m) { Service(m, "nats").remove("selector"); }, "Service/nats: its selector matches 0"},
      {[&](auto& m) { Template(m, "catalog")["metadata"]["labels"][name] = "gateway"; },
       "StatefulSet/catalog: its selector matches 0"},
      {[&](auto& m) { Workload(m, "catalog")["spec"]["selector"]["matchLabels"][name] = "gateway"; }, "not itself"},
      {[&](auto& m) { Workload(m, "catalog")["metadata"]["labels"].remove(name); }, "lacks the label"},
      {[&](auto& m) { Pod(m, "gateway")["topologySpreadConstraints"][0]["labelSelector"]["matchLabels"][name] = "x"; },
       "does not count its own pods"},
  });
}

TEST_F(Rules, ReportServicesWhosePortLeadsNowhere) {
  ExpectReported({
      {[](auto& m) { Service(m, "catalog")["ports"][0]["targetPort"] = "http"; }, "targetPort 'http' does not exist"},
      {[](auto& m) { Service(m, "catalog")["ports"][0]["targetPort"] = 7402; }, "targetPort '7402' does not exist"},
      {[](auto& m) { Service(m, "catalog")["ports"][0]["port"] = 443; }, "is headless, and its port"},
      {[](auto& m) { Workload(m, "progress")["spec"]["serviceName"] = "ledger"; },
       "not a headless Service of its pods"},
      {[](auto& m) { Service(m, "progress").remove("clusterIP"); }, "not a headless Service of its pods"},
  });
}

TEST_F(Rules, ReportDisruptionBudgetsWhereTheyAreMissingOrHarmful) {
  ExpectReported({
      {[](auto& m) { m.Remove("PodDisruptionBudget", "gateway"); }, "Deployment/gateway: has no PodDisruptionBudget"},
      {[](auto& m) { Workload(m, "gateway")["spec"]["replicas"] = 1; }, "blocks every node drain"},
      {[](auto& m) { Workload(m, "gateway")["spec"].remove("replicas"); }, "how many replicas"},
  });
}

TEST_F(Rules, ReportAddressesThatNoServiceHas) {
  ExpectReported({
      {[](auto& m) { Variable(m, "gateway", "EDIRAE_CATALOG_ADDRESS")["value"] = "dns:///catalogue:7401"; },
       "no Service"},
      {[](auto& m) { Variable(m, "gateway", "EDIRAE_CATALOG_ADDRESS")["value"] = "dns:///catalog:7411"; },
       "no Service"},
      {[](auto& m) { Variable(m, "gateway", "EDIRAE_CATALOG_ADDRESS")["value"] = "catalog:7401"; }, "not dns:///"},
      {[](auto& m) { Variable(m, "progress", "EDIRAE_NATS_URL")["value"] = "nats://nats:4223"; }, "no Service"},
  });
}

TEST_F(Rules, ReportReferencesToWhatDoesNotExist) {
  ExpectReported({
      {[](auto& m) { m.Remove("ConfigMap", m.OfKind("ConfigMap")[0]["metadata"]["name"].Scalar()); },
       "ConfigMap nats-"},
      {[](auto& m) { m.Remove("Secret", m.OfKind("Secret")[0]["metadata"]["name"].Scalar()); }, "Secret edirae-tokens"},
      {[](auto& m) { m.OfKind("Secret")[0]["data"].remove("service-token"); }, "has no key service-token"},
      {[](auto& m) { Pod(m, "nats")["volumes"].push_back(YAML::Load("{name: x, secret: {secretName: tls}}")); },
       "Secret tls does not exist"},
      {[](auto& m) {
         Pod(m, "nats")["volumes"].push_back(YAML::Load("{name: x, persistentVolumeClaim: {claimName: disk}}"));
       },
       "PersistentVolumeClaim disk does not exist"},
      {[](auto& m) { Main(m, "progress")["volumeMounts"][0]["name"] = "state"; }, "mounts 'state'"},
  });
}

TEST_F(Rules, AcceptADocumentedSecretOnlyWithItsDocumentedKeys) {
  Manifests without = LocalOverlay()->Clone();
  const std::string name = without.OfKind("Secret")[0]["metadata"]["name"].Scalar();
  without.Remove("Secret", name);
  EXPECT_THAT(CheckReferences(without, {{name, {"service-token", "token-secret"}}}), IsEmpty());
  EXPECT_THAT(CheckReferences(without, {{name, {"service-token"}}}), Contains(HasSubstr("a key token-secret")));
}

TEST_F(Rules, ReportASecretTooShortForHs256) {
  ExpectReported(
      {{[](auto& m) { m.OfKind("Secret")[0]["data"]["token-secret"] = "c2hvcnQ="; }, "shorter than 32 bytes"}});
}

TEST_F(Rules, ReportANatsStoreThatCanFillItsDisk) {
  const auto claim = [](Manifests& m) { return Workload(m, "nats")["spec"]["volumeClaimTemplates"][0]; };
  ExpectReported({
      {[&](auto& m) { claim(m)["spec"]["resources"]["requests"]["storage"] = "8Gi"; }, "not well below the claim"},
      {[&](auto& m) { claim(m)["metadata"]["name"] = "store"; }, "needs both a claim"},
      {[&](auto& m) { m.OfKind("ConfigMap")[0]["data"]["nats.conf"] = "jetstream: enabled\n"; }, "needs both a claim"},
  });
}

TEST(ContainerfileRules, ReportTargetsThatDoNotFitTheManifests) {
  const auto good = ReadFile("deploy/images/Containerfile");
  ASSERT_TRUE(good.ok()) << good.status();
  const std::pair<std::string, std::string> edits[] = {
      {"FROM runtime AS progress", "FROM runtime AS ledger"},
      {"FROM runtime AS progress", "FROM build AS progress"},
      {"FROM debian:bookworm AS", "FROM debian AS"},
      {"FROM debian:bookworm AS", "FROM debian:latest AS"},
      {"FROM debian:bookworm AS", "FROM registry.example:5000/debian:bookworm AS"},
      {"USER 65532:65532", "USER root"},
      {"EXPOSE 7402 7412", "EXPOSE 7402\nUSER 0"},
      {"MALLOC_CONF=narenas:4", "MALLOC_CONF=narenas:64"},
      {"/usr/bin/edirae-gateway\"]", "/bin/sh\"]"},
      {"image.title=\"edirae-catalog\"", "image.title=\"catalog\""},
  };
  for (const auto& edit : edits) {
    const std::string broken = absl::StrReplaceAll(*good, {edit});
    EXPECT_NE(broken, *good) << edit.first;
    EXPECT_FALSE(CheckContainerfile(broken).empty()) << edit.second;
  }
}

TEST(ManifestsParse, RefusesWhatIsNotAnObject) {
  EXPECT_FALSE(Manifests::Parse("kind: [").ok());
  EXPECT_FALSE(Manifests::Parse("kind: Service\n").ok());
}

}  // namespace
}  // namespace edirae::deploy
