#ifndef EDIRAE_COMMON_METRICS_METRICS_H_
#define EDIRAE_COMMON_METRICS_METRICS_H_

#include <map>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "prometheus/counter.h"
#include "prometheus/exposer.h"
#include "prometheus/gauge.h"
#include "prometheus/histogram.h"
#include "prometheus/registry.h"

namespace edirae {

using MetricLabels = std::map<std::string, std::string>;

// Makes Prometheus metrics and serves them. Thread-safe; what it returns lives as long as it does, and updating a
// metric is cheap enough for every call. Names start with `edirae_`, carry their unit, and counters end in `_total`.
class Metrics {
 public:
  Metrics();
  ~Metrics();

  prometheus::Counter& Counter(const std::string& name, const std::string& help, const MetricLabels& labels = {});
  prometheus::Gauge& Gauge(const std::string& name, const std::string& help, const MetricLabels& labels = {});
  // Buckets from 50 µs to 10 s; `name` ends in `_seconds`.
  prometheus::Histogram& LatencyHistogram(const std::string& name, const std::string& help,
                                          const MetricLabels& labels = {});
  // Buckets of powers of two from 1 to 4096.
  prometheus::Histogram& SizeHistogram(const std::string& name, const std::string& help,
                                       const MetricLabels& labels = {});

  // Serves `GET /metrics` on `host:port`. UNAVAILABLE when the address cannot be bound.
  absl::Status Serve(const std::string& address);

  // Everything as Prometheus reads it.
  std::string Text() const;

 private:
  std::shared_ptr<prometheus::Registry> registry_;
  std::unique_ptr<prometheus::Exposer> exposer_;
};

}  // namespace edirae

#endif  // EDIRAE_COMMON_METRICS_METRICS_H_
