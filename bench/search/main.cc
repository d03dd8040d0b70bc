// edirae-bench-search: how long a search takes in a small catalog and in a large one, alone and eight at once.
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "common/search/index.h"

namespace edirae::bench {
namespace {

constexpr int kThreads = 8;
constexpr int kQueries = 2000;       // of each kind and number of threads
constexpr int kVocabulary = 60'000;  // different words of a large catalog
constexpr double kGoalMilliseconds = 20;

enum Kind { kConcept = 2, kLesson, kResource, kMilestone, kQuestion };

// Words as texts have them: the n-th most frequent about 1/n as often as the first (Zipf).
class Words {
 public:
  explicit Words(int size) {
    double sum = 0;
    for (int rank = 1; rank <= size; ++rank) {
      sum += 1.0 / rank;
      reach_.push_back(sum);
      words_.push_back(Spell(rank));
    }
  }

  const std::string& Next() {
    const double at = std::uniform_real_distribution<>(0, reach_.back())(random_);
    return words_[static_cast<size_t>(std::lower_bound(reach_.begin(), reach_.end(), at) - reach_.begin())];
  }

  std::string Text(int count) {
    std::string text;
    for (int i = 0; i < count; ++i) absl::StrAppend(&text, i == 0 ? "" : " ", Next());
    return text;
  }

  std::mt19937& random() { return random_; }

 private:
  // Frequent words are short, as in a language.
  static std::string Spell(int rank) {
    static constexpr absl::string_view kConsonants = "bcdfghjklmnprstvwz";
    static constexpr absl::string_view kVowels = "aeiou";
    std::string word;
    for (unsigned rest = static_cast<unsigned>(rank) * 7919u % 1'000'003u, letters = 0; letters < 4 || rest > 0;
         ++letters, rest /= 11) {
      const absl::string_view from = letters % 2 == 0 ? kConsonants : kVowels;
      word.push_back(from[rest % from.size()]);
    }
    return word;
  }

  std::mt19937 random_{20261122};
  std::vector<double> reach_;
  std::vector<std::string> words_;
};

std::vector<search::Document> Catalog(int concepts, int questions, Words& words) {
  std::vector<search::Document> documents;
  const auto add = [&](int kind, const std::string& id, int title, int summary, int text) {
    documents.push_back({kind, absl::StrCat("roadmap-", documents.size() % 20), id, "", "", words.Text(title),
                         words.Text(summary), words.Text(text)});
  };
  for (int i = 0; i < concepts; ++i) {
    add(kConcept, absl::StrCat("concept-", i), 3, 20, 0);
    add(kLesson, absl::StrCat("concept-", i), 3, 0, 500);
    for (int j = 0; j < 3; ++j) add(kResource, absl::StrCat("resource-", i, "-", j), 5, 15, 0);
  }
  for (int i = 0; i < questions; ++i) add(kQuestion, absl::StrCat("question-", i), 3, 0, 25);
  return documents;
}

std::string Misspelt(std::string word, std::mt19937& random) {
  const size_t at = random() % (word.size() - 1);
  std::swap(word[at], word[at + 1]);
  word[random() % word.size()] = 'q';
  return word;
}

struct Workload {
  const char* name;
  std::vector<std::string> queries;
};

std::vector<Workload> Workloads(Words& words) {
  std::vector<Workload> workloads = {
      {"two words", {}}, {"five words", {}}, {"unfinished", {}}, {"misspelt", {}}, {"frequent", {}}};
  std::vector<std::string> frequent;
  for (int i = 0; i < 200; ++i) frequent.push_back(words.Next());
  for (int i = 0; i < kQueries; ++i) {
    workloads[0].queries.push_back(words.Text(2));
    workloads[1].queries.push_back(words.Text(5));
    workloads[2].queries.push_back(absl::StrCat(words.Next(), " ", words.Next().substr(0, 1 + i % 3)));
    workloads[3].queries.push_back(
        absl::StrCat(Misspelt(words.Next(), words.random()), " ", Misspelt(words.Next(), words.random())));
    workloads[4].queries.push_back(i % 2 == 0 ? words.Text(1) : "bita " + words.Text(1));
  }
  return workloads;
}

// Processor time of this thread so far, in milliseconds.
double ProcessorTime() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return absl::ToDoubleMilliseconds(absl::DurationFromTimespec(time));
}

// How long queries took, in milliseconds, ascending: by the clock, and of a processor's time, which other programs on
// the machine do not lengthen.
struct Times {
  std::vector<double> clock;
  std::vector<double> processor;
};

// Runs all queries on so many threads.
Times Run(const search::Index& index, const std::vector<std::string>& queries, int threads) {
  Times took{std::vector<double>(queries.size()), std::vector<double>(queries.size())};
  std::atomic<size_t> next = 0;
  std::vector<std::thread> running;
  for (int i = 0; i < threads; ++i) {
    running.emplace_back([&] {
      for (size_t at = next++; at < queries.size(); at = next++) {
        const absl::Time start = absl::Now();
        const double processor_start = ProcessorTime();
        if (!index.Search({.words = queries[at]}).ok()) std::abort();
        took.processor[at] = ProcessorTime() - processor_start;
        took.clock[at] = absl::ToDoubleMilliseconds(absl::Now() - start);
      }
    });
  }
  for (std::thread& thread : running) thread.join();
  std::sort(took.clock.begin(), took.clock.end());
  std::sort(took.processor.begin(), took.processor.end());
  return took;
}

void Measure(const char* name, int concepts, int questions) {
  Words words(std::min(kVocabulary, concepts * 100));
  std::vector<search::Document> documents = Catalog(concepts, questions, words);
  size_t text = 0;
  for (const search::Document& it : documents) text += it.title.size() + it.summary.size() + it.text.size();
  const absl::Time start = absl::Now();
  const auto index = search::Index::Build(std::move(documents));
  if (!index.ok()) std::abort();
  std::printf("%s: %zu documents, %zu words, %.1f MB of text, index %.2f of that, built in %.2f s\n", name,
              (*index)->documents(), (*index)->words(), static_cast<double>(text) / 1e6,
              static_cast<double>((*index)->bytes()) / static_cast<double>(text),
              absl::ToDoubleSeconds(absl::Now() - start));
  for (const Workload& workload : Workloads(words)) {
    for (const int threads : {1, kThreads}) {
      const Times took = Run(**index, workload.queries, threads);
      const double p99 = took.clock[took.clock.size() * 99 / 100];
      std::printf(
          "  %-11s %d at once: p50 %6.2f, p99 %6.2f ms, %.2f of the goal; processor p99 %5.2f, worst %5.2f ms\n",
          workload.name, threads, took.clock[took.clock.size() / 2], p99, p99 / kGoalMilliseconds,
          took.processor[took.processor.size() * 99 / 100], took.processor.back());
    }
  }
}

}  // namespace
}  // namespace edirae::bench

int main() {
  edirae::bench::Measure("24 concepts", 24, 300);
  edirae::bench::Measure("10,000 concepts", 10'000, 100'000);
}
