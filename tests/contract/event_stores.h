#ifndef EDIRAE_TESTS_CONTRACT_EVENT_STORES_H_
#define EDIRAE_TESTS_CONTRACT_EVENT_STORES_H_

#include <functional>
#include <memory>
#include <string>

#include "common/testing/shared_postgres.h"
#include "common/testing/status_matchers.h"
#include "gtest/gtest.h"
#include "services/progress/adapters/postgres_event_store.h"
#include "services/progress/adapters/sqlite_event_store.h"
#include "services/progress/testing/fake_event_store.h"

// What the contract suites of EventStore run on. A new implementation adds one line at the end.
namespace edirae::progress {

struct StoreKind {
  const char* name;
  std::function<std::unique_ptr<EventStore>(const std::string& folder)> open;
  bool durable;  // what was recorded is there after opening the same folder again
};

inline std::unique_ptr<EventStore> OpenSqlite(const std::string& folder) {
  auto store = SqliteEventStore::Open(folder);
  EXPECT_OK(store);
  return *std::move(store);
}

inline std::unique_ptr<EventStore> OpenPostgres(const std::string& folder) {
  auto store = PostgresEventStore::Open(edirae::testing::DatabaseOf(folder));
  EXPECT_OK(store);
  return store.ok() ? *std::move(store) : nullptr;
}

inline auto EveryStore() {
  return ::testing::Values(
      StoreKind{"Sqlite", OpenSqlite, true}, StoreKind{"Postgres", OpenPostgres, true},
      StoreKind{"Fake", [](const std::string&) { return std::make_unique<FakeEventStore>(); }, false});
}

inline std::string NameOfStore(const ::testing::TestParamInfo<StoreKind>& tested) { return tested.param.name; }

}  // namespace edirae::progress

#endif  // EDIRAE_TESTS_CONTRACT_EVENT_STORES_H_
