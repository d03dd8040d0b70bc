// The settings that each program reads from its environment. The only list of them here; settings_test.cc compares it
// with what the programs say.
#ifndef EDIRAE_TESTS_DEPLOY_SETTINGS_H_
#define EDIRAE_TESTS_DEPLOY_SETTINGS_H_

#include <string>
#include <vector>

namespace edirae::deploy {

// One environment variable of a program.
struct Setting {
  std::string name;
  bool required = false;  // the manifests must set it: the program does not start without, or does not serve all
  std::string instead;    // what may be set in its place, if it is required
  bool secret = false;    // its value comes from a Secret, never from the manifest
};

// One program, which is also one image (`edirae-<name>`) and one target of the Containerfile (`<name>`).
struct Program {
  std::string name;
  int grpc_port = 0;
  int metrics_port = 0;
  std::vector<Setting> settings;
};

// The four programs that run in Kubernetes.
inline const std::vector<Program>& Programs() {
  static const auto* const programs = [] {
    const Setting catalog{.name = "EDIRAE_CATALOG_ADDRESS", .required = true};
    const Setting progress{.name = "EDIRAE_PROGRESS_ADDRESS", .required = true};
    const Setting recommend{.name = "EDIRAE_RECOMMEND_ADDRESS", .required = true};
    const Setting nats{.name = "EDIRAE_NATS_URL", .required = true};
    const Setting data{.name = "EDIRAE_DATA", .required = true};
    const Setting data_or_store{.name = "EDIRAE_DATA", .required = true, .instead = "EDIRAE_STORE"};
    const Setting store{.name = "EDIRAE_STORE", .secret = true};
    const Setting replicas{.name = "EDIRAE_REPLICAS"};
    const Setting ordinal{.name = "EDIRAE_ORDINAL"};
    const Setting manage_streams{.name = "EDIRAE_MANAGE_STREAMS"};
    const Setting stream_size{.name = "EDIRAE_STREAM_MAX_MIB"};
    const Setting stream_age{.name = "EDIRAE_STREAM_MAX_DAYS"};
    const Setting cached_learners{.name = "EDIRAE_CACHED_LEARNERS"};
    const Setting erase_inactive{.name = "EDIRAE_ERASE_INACTIVE_DAYS"};
    const Setting optional_nats{.name = "EDIRAE_NATS_URL"};
    const Setting weights{.name = "EDIRAE_WEIGHTS"};
    const Setting content{.name = "EDIRAE_CONTENT"};
    const Setting token_secret{.name = "EDIRAE_TOKEN_SECRET", .required = true, .secret = true};
    auto* list = new std::vector<Program>{
        {"catalog", 7401, 7411, {data, content, optional_nats, manage_streams}},
        {"progress",
         7402,
         7412,
         {data_or_store, store, catalog, nats, manage_streams, stream_size, stream_age, cached_learners, erase_inactive}},
        {"recommend",
         7403,
         7413,
         {data_or_store, store, replicas, ordinal, catalog, progress, nats, manage_streams, weights}},
        {"gateway", 7400, 7410, {catalog, progress, recommend, token_secret}},
    };
    for (Program& program : *list) {
      program.settings.push_back({.name = "EDIRAE_LISTEN", .required = true});
      program.settings.push_back({.name = "EDIRAE_METRICS_LISTEN", .required = true});
      program.settings.push_back({.name = "EDIRAE_LOG_LEVEL"});
      program.settings.push_back({.name = "EDIRAE_REFLECTION"});
      program.settings.push_back({.name = "EDIRAE_DRAIN_DELAY"});
      program.settings.push_back({.name = "EDIRAE_SERVICE_TOKEN", .required = true, .secret = true});
    }
    return list;
  }();
  return *programs;
}

}  // namespace edirae::deploy

#endif  // EDIRAE_TESTS_DEPLOY_SETTINGS_H_
