#include "common/metrics/metrics.h"

#include <exception>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "prometheus/text_serializer.h"

namespace edirae {

Metrics::Metrics() : registry_(std::make_shared<prometheus::Registry>()) {}

// civetweb takes up to two seconds to notice that it shall stop. Nobody waits for that: a program that stops would.
Metrics::~Metrics() {
  if (exposer_ != nullptr) std::thread([exposer = std::move(exposer_)] {}).detach();
}

prometheus::Counter& Metrics::Counter(const std::string& name, const std::string& help, const MetricLabels& labels) {
  return prometheus::BuildCounter().Name(name).Help(help).Register(*registry_).Add(labels);
}

prometheus::Gauge& Metrics::Gauge(const std::string& name, const std::string& help, const MetricLabels& labels) {
  return prometheus::BuildGauge().Name(name).Help(help).Register(*registry_).Add(labels);
}

prometheus::Histogram& Metrics::LatencyHistogram(const std::string& name, const std::string& help,
                                                 const MetricLabels& labels) {
  static const prometheus::Histogram::BucketBoundaries kSeconds{0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005,
                                                                0.01,    0.025,  0.05,    0.1,    0.25,  1,      10};
  return prometheus::BuildHistogram().Name(name).Help(help).Register(*registry_).Add(labels, kSeconds);
}

prometheus::Histogram& Metrics::SizeHistogram(const std::string& name, const std::string& help,
                                              const MetricLabels& labels) {
  static const prometheus::Histogram::BucketBoundaries kCounts{1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096};
  return prometheus::BuildHistogram().Name(name).Help(help).Register(*registry_).Add(labels, kCounts);
}

absl::Status Metrics::Serve(const std::string& address) {
  try {  // civetweb's wrapper reports a port in use by an exception
    exposer_ = std::make_unique<prometheus::Exposer>(address, 1);
    exposer_->RegisterCollectable(registry_);
  } catch (const std::exception& error) {
    return absl::UnavailableError(
        absl::StrCat("cannot serve metrics on ", address, "; is the port taken? (", error.what(), ")"));
  }
  return absl::OkStatus();
}

std::string Metrics::Text() const { return prometheus::TextSerializer().Serialize(registry_->Collect()); }

}  // namespace edirae
