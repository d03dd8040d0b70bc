#include "cli/ledger/open_ledger.h"

#include <CLI/CLI.hpp>
#include <chrono>
#include <filesystem>
#include <iostream>

#include "absl/strings/str_cat.h"
#include "cli/serve/data_folder.h"
#include "common/status/macros.h"
#include "services/progress/adapters/postgres_event_store.h"
#include "services/progress/adapters/sqlite_event_store.h"

namespace edirae::cli {
namespace {

constexpr char kLedgerFile[] = "/ledger.db";

}  // namespace

LedgerFlags::LedgerFlags(CLI::App& command) : data_(DefaultDataFolder()) {
  CLI::Option* data =
      command.add_option("--data", data_, "data folder of the platform or of progress, which is stopped")
          ->envname("EDIRAE_DATA")
          ->capture_default_str();
  command.add_option("--store", store_, "postgresql://... of the ledger, instead of --data; progress may run")
      ->excludes(data);
}

absl::StatusOr<std::string> LedgerFlags::Folder() const {
  if (!store_.empty()) return std::string();
  std::error_code error;
  // Its own, or that of a whole platform.
  for (const std::string& folder : {data_, data_ + "/progress"}) {
    if (std::filesystem::exists(folder + kLedgerFile, error)) return folder;
  }
  return absl::NotFoundError(absl::StrCat("there is no ledger in ", data_, "; name its folder with --data"));
}

absl::StatusOr<std::unique_ptr<progress::EventStore>> LedgerFlags::Open() const {
  if (!store_.empty()) return progress::PostgresEventStore::Open(store_);
  EDIRAE_ASSIGN_OR_RETURN(const std::string folder, Folder());
  return progress::SqliteEventStore::Open(folder);
}

std::function<void(const char*, int64_t, int64_t)> ReportOnStderr() {
  return [last = std::chrono::steady_clock::now()](const char* doing, int64_t done, int64_t total) mutable {
    const auto now = std::chrono::steady_clock::now();
    if (now - last < std::chrono::seconds(1)) return;
    last = now;
    std::cerr << doing << ": " << done << " of " << total << "\n";
  };
}

}  // namespace edirae::cli
