// edirae-catalog: loads, validates and serves what can be learned.
#include "common/program/run.h"
#include "services/catalog/service.h"
#include "services/catalog/settings.h"

int main(int argc, char** argv) {
  using namespace edirae;  // NOLINT(google-build-using-namespace): a program of its own
  return program::Run<catalog::CatalogSettings>(
      argc, argv, "catalog", "What can be learned and what proves it: loads, validates and serves content",
      [](const catalog::CatalogSettings& settings, Metrics& metrics, const Clock& clock) {
        return catalog::CatalogService::Start(settings, metrics, clock);
      });
}
