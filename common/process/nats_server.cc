#include "common/process/nats_server.h"

#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/process/loopback_port.h"

namespace edirae::process {
namespace {

constexpr int kPortAttempts = 5;
constexpr absl::Duration kReadyPoll = absl::Milliseconds(5);

absl::StatusOr<std::string> FindProgram() {
  const char* path = std::getenv("PATH");
  std::vector<std::string> folders = absl::StrSplit(path != nullptr ? path : "", ':', absl::SkipEmpty());
  folders.insert(folders.end(), {"/usr/sbin", "/usr/local/bin", "/usr/local/sbin"});
  for (const std::string& folder : folders) {
    std::string candidate = absl::StrCat(folder, "/nats-server");
    if (::access(candidate.c_str(), X_OK) == 0) return candidate;
  }
  return absl::NotFoundError(
      "nats-server is not installed: install the package nats-server, or put the program into PATH");
}

std::string ReadFile(const std::string& path) {
  std::ifstream file(path);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

// The end of a file, for messages.
std::string Tail(const std::string& path) {
  const std::string text = ReadFile(path);
  return text.size() <= 600 ? text : text.substr(text.size() - 600);
}

absl::Status PrepareFolder(const std::string& folder) {
  if (folder.empty() || folder.find_first_of("\"\\\n") != std::string::npos) {
    return absl::InvalidArgumentError(absl::StrCat("nats-server needs a plain folder name, not '", folder, "'"));
  }
  std::error_code error;
  if (!std::filesystem::exists(folder, error)) {
    std::filesystem::create_directories(std::filesystem::path(folder).parent_path(), error);
    if (::mkdir(folder.c_str(), 0700) != 0) return absl::ErrnoToStatus(errno, absl::StrCat("cannot create ", folder));
  }
  return absl::OkStatus();
}

absl::Status WriteConfig(const NatsServerOptions& options, int port) {
  const std::string& folder = options.folder;
  const std::string path = absl::StrCat(folder, "/nats-server.conf");
  std::ofstream file(path, std::ios::trunc);
  file << "# Written by edirae at each start.\n"
       << "server_name: edirae-local\n"
       << "listen: \"127.0.0.1:" << port << "\"\n"
       << "max_payload: " << options.max_payload_bytes << "\n"
       << "ports_file_dir: \"" << folder << "/ports\"\n"
       << "log_file: \"" << folder << "/nats-server.log\"\n"
       << "logfile_size_limit: 10485760\n"
       << "jetstream {\n"
       << "  store_dir: \"" << folder << "\"\n"
       << "  max_file_store: " << options.max_file_store_bytes << "\n"
       << "  max_memory_store: 0\n"
       << "}\n";
  file.close();
  if (!file) return absl::UnavailableError(absl::StrCat("cannot write ", path));
  return absl::OkStatus();
}

}  // namespace

NatsServer::NatsServer(NatsServerOptions options, std::string program, int port)
    : options_(std::move(options)),
      program_(std::move(program)),
      port_(port),
      url_(absl::StrCat("nats://127.0.0.1:", port)) {}

NatsServer::~NatsServer() { Stop(); }

absl::StatusOr<std::unique_ptr<NatsServer>> NatsServer::Start(NatsServerOptions options) {
  absl::StatusOr<std::string> program = FindProgram();
  if (!program.ok()) return program.status();
  if (absl::Status ok = PrepareFolder(options.folder); !ok.ok()) return ok;
  options.folder = std::filesystem::absolute(options.folder).string();
  absl::Status started;
  for (int attempt = 0; attempt < kPortAttempts; ++attempt) {
    const absl::StatusOr<int> port = options.port != 0 ? absl::StatusOr<int>(options.port) : FreeLoopbackPort();
    if (!port.ok()) return port.status();
    std::unique_ptr<NatsServer> server(new NatsServer(options, *program, *port));
    started = server->Restart();
    if (started.ok()) return server;
    // Somebody else took the port between our look and the server's: another one.
    if (options.port != 0 || !absl::StrContains(started.message(), "address already in use")) break;
  }
  return started;
}

std::shared_ptr<ChildProcess> NatsServer::child() const {
  std::lock_guard lock(mutex_);
  return child_;
}

pid_t NatsServer::pid() const { return running() ? child()->pid() : 0; }

bool NatsServer::running() const {
  const std::shared_ptr<ChildProcess> current = child();
  return current != nullptr && current->running();
}

void NatsServer::Stop() {
  if (const std::shared_ptr<ChildProcess> current = child()) current->Stop(options_.stop_timeout);
}

void NatsServer::Kill() {
  if (const std::shared_ptr<ChildProcess> current = child()) current->Kill();
}

absl::Status NatsServer::Pause() {
  const std::shared_ptr<ChildProcess> current = child();
  return current != nullptr ? current->Pause() : absl::FailedPreconditionError("nats-server does not run");
}

absl::Status NatsServer::Resume() {
  const std::shared_ptr<ChildProcess> current = child();
  return current != nullptr ? current->Resume() : absl::FailedPreconditionError("nats-server does not run");
}

absl::StatusOr<ExitStatus> NatsServer::Wait(absl::Duration timeout) {
  const std::shared_ptr<ChildProcess> current = child();
  if (current == nullptr) return ExitStatus{.code = 0};
  return current->Wait(timeout);
}

absl::Status NatsServer::Restart() {
  Stop();
  std::error_code error;
  std::filesystem::remove_all(absl::StrCat(options_.folder, "/ports"), error);
  std::filesystem::create_directory(absl::StrCat(options_.folder, "/ports"), error);
  std::filesystem::remove(OutputFile(), error);
  if (absl::Status ok = WriteConfig(options_, port_); !ok.ok()) return ok;
  absl::StatusOr<std::unique_ptr<ChildProcess>> started =
      ChildProcess::Start({.argv = {program_, "--config", absl::StrCat(options_.folder, "/nats-server.conf")},
                           .environment = {},
                           .working_folder = options_.folder,
                           .output_file = OutputFile()});
  if (!started.ok()) return started.status();
  const std::shared_ptr<ChildProcess> launched = *std::move(started);
  {
    std::lock_guard lock(mutex_);
    child_ = launched;
  }
  return WaitReady(*launched);
}

// The server writes <program>_<pid>.ports once it accepts connections, after its store has been recovered.
absl::Status NatsServer::WaitReady(ChildProcess& launched) const {
  const std::string ports = absl::StrCat(options_.folder, "/ports/nats-server_", launched.pid(), ".ports");
  const std::string log = absl::StrCat(options_.folder, "/nats-server.log");
  const absl::Time deadline = absl::Now() + options_.start_timeout;
  while (!absl::StrContains(ReadFile(ports), absl::StrCat(":", port_))) {
    if (absl::StatusOr<ExitStatus> exit = launched.Wait(kReadyPoll); exit.ok()) {
      return absl::UnavailableError(absl::StrCat("nats-server on port ", port_, " ended at once with ",
                                                 exit->ToString(), ": ", Tail(OutputFile()), Tail(log)));
    }
    if (absl::Now() > deadline) {
      launched.Kill();
      return absl::DeadlineExceededError(absl::StrCat("nats-server did not get ready within ",
                                                      absl::FormatDuration(options_.start_timeout), ": ", Tail(log)));
    }
  }
  return absl::OkStatus();
}

std::string NatsServer::OutputFile() const { return absl::StrCat(options_.folder, "/nats-server.out"); }

}  // namespace edirae::process
