// Threads that work on parts in the order in which they were given, so that one thread can join them in that order.
#ifndef HYOJUN_CLI_APP_WORKERS_H_
#define HYOJUN_CLI_APP_WORKERS_H_

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace hyojun::app {

// `Part` has the members `bool done` and `std::exception_ptr failure`. Parts are owned by the caller and stay in place
// until they are waited for, or until the workers are gone.
template <typename Part>
class Workers {
 public:
  Workers(unsigned threads, std::function<void(Part&)> work) : work_(std::move(work)) {
    for (unsigned i = 0; i < threads; ++i) {
      threads_.emplace_back([this] { run(); });
    }
  }
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  // One word to all: a stop token of each thread would wake every thread for every other.
  ~Workers() {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    work_came_.notify_all();
  }

  void add(Part* part) {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(part);
    work_came_.notify_one();
  }

  // Throws again what the work threw (out of memory).
  void wait(const Part& part) {
    std::unique_lock lock(mutex_);
    part_done_.wait(lock, [&] { return part.done; });
    if (part.failure) std::rethrow_exception(part.failure);
  }

 private:
  void run() {
    for (;;) {
      Part* part = nullptr;
      {
        std::unique_lock lock(mutex_);
        work_came_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
        if (stopping_) return;
        part = waiting_.front();
        waiting_.pop_front();
      }
      try {
        work_(*part);
      } catch (...) {
        part->failure = std::current_exception();
      }
      const std::lock_guard lock(mutex_);
      part->done = true;
      part_done_.notify_one();  // only the joining thread waits
    }
  }

  const std::function<void(Part&)> work_;
  std::mutex mutex_;
  std::condition_variable work_came_;
  std::condition_variable part_done_;
  std::deque<Part*> waiting_;
  bool stopping_ = false;
  std::vector<std::jthread> threads_;  // last: joined before what they use goes
};

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_WORKERS_H_
