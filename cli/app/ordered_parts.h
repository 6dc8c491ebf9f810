// Parts of a file that several threads read, work on, and join in file order.
#ifndef HYOJUN_CLI_APP_ORDERED_PARTS_H_
#define HYOJUN_CLI_APP_ORDERED_PARTS_H_

#include <algorithm>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "hyojun/base/error.h"

namespace hyojun::app {

// `Part` is made once and used again and again. It has the member `bool alone`, which read() sets: what follows can
// only be read when this part is joined, and nobody works on it before.
//
// Each thread reads the next part, works on what it has read, and joins it if its turn has come: no byte changes its
// core, and nobody is woken for every part. What cannot be waited for with a signal at hand, a pipe, is read or joined
// by the thread that calls run(), which a signal reaches.
template <typename Part>
class OrderedParts {
 public:
  struct Steps {
    std::function<base::Result<bool>(Part&)> read;  // the next part; false: the last. In file order, one at a time
    std::function<void(Part&)> work;                // on any thread
    std::function<base::Result<void>(Part&)> join;  // in file order, one at a time; an error stops
  };
  // What the threads do, and what the one that calls run() does. Joining by threads takes reading by threads.
  enum class Threads : std::uint8_t { work, read_and_work, read_work_and_join };

  // At most `most` parts are there at once.
  OrderedParts(Steps steps, unsigned threads, std::size_t most, Threads what)
      : steps_(std::move(steps)),
        most_(std::max<std::size_t>(most, 2)),
        threads_read_(what != Threads::work),
        threads_join_(what == Threads::read_work_and_join) {
    for (unsigned i = 0; i < threads; ++i) {
      threads_.emplace_back([this] { work_on(); });
    }
  }
  OrderedParts(const OrderedParts&) = delete;
  OrderedParts& operator=(const OrderedParts&) = delete;
  ~OrderedParts() {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
  }

  // Until the last part is joined. Throws again what a thread threw (out of memory).
  base::Result<void> run() {
    std::unique_lock lock(mutex_);
    if (threads_join_) {
      joinable_.wait(lock, [this] { return failure_ || !result_ || (ended_ && slots_.empty()); });
      if (failure_) std::rethrow_exception(failure_);
      return result_;
    }
    for (;;) {
      while (!threads_read_ && may_read()) take_turn(lock);
      joinable_.wait(lock, [this] { return is_joinable(); });
      if (slots_.empty()) return {};
      while (!slots_.empty() && slots_.front()->done) {
        if (auto ok = join_front(lock); !ok) return ok;
      }
    }
  }

 private:
  struct Slot {
    Part part{};
    bool ready = false;  // read, and nobody works on it yet
    bool done = false;
    base::Result<void> result{};
    std::exception_ptr failure{};
  };

  bool may_read() const { return !reading_ && !ended_ && !alone_ && slots_.size() < most_; }

  // Waking the joining thread costs as much as a fifth of a part: it comes when there is no more room for reading.
  bool is_joinable() const {
    if (slots_.empty()) return ended_;
    return slots_.front()->done && (slots_.size() == most_ || alone_ || ended_);
  }

  // Reads the next part; it is ready for work behind that, or for joining.
  Slot* take_turn(std::unique_lock<std::mutex>& lock) {
    reading_ = true;
    slots_.push_back(spare_.empty() ? std::make_unique<Slot>() : std::move(spare_.back()));
    if (!spare_.empty()) spare_.pop_back();
    Slot& slot = *slots_.back();
    lock.unlock();
    base::Result<bool> more = false;
    try {
      more = steps_.read(slot.part);
    } catch (...) {
      slot.failure = std::current_exception();
    }
    lock.lock();
    reading_ = false;
    ended_ = !more.value_or(false);
    if (!more) slot.result = tl::unexpected(more.error());
    alone_ = !ended_ && slot.part.alone;
    slot.ready = more.has_value() && !slot.failure && !slot.part.alone;
    slot.done = !slot.ready;
    if (may_read() || !threads_read_) changed_.notify_one();
    if (ended_) changed_.notify_all();
    return slot.ready ? &slot : nullptr;
  }

  void work_on() {
    std::unique_lock lock(mutex_);
    for (;;) {
      changed_.wait(lock, [this] { return stopping_ || next_ready() || (threads_read_ && (ended_ || may_read())); });
      if (stopping_) return;
      Slot* slot = next_ready();
      if (slot == nullptr && may_read()) slot = take_turn(lock);
      if (slot != nullptr) work(*slot, lock);
      if (threads_join_) {
        join_done(lock);
      } else if (is_joinable()) {
        joinable_.notify_one();
      }
      if (ended_ && next_ready() == nullptr) return;
    }
  }

  Slot* next_ready() const {
    const auto it = std::ranges::find_if(slots_, [](const auto& slot) { return slot->ready; });
    return it == slots_.end() ? nullptr : it->get();
  }

  void work(Slot& slot, std::unique_lock<std::mutex>& lock) {
    slot.ready = false;
    lock.unlock();
    try {
      steps_.work(slot.part);
    } catch (...) {
      slot.failure = std::current_exception();
    }
    lock.lock();
    slot.done = true;
  }

  // Joins what is done and next, if no other thread does: that one will find what is done meanwhile.
  void join_done(std::unique_lock<std::mutex>& lock) {
    if (joining_) return;
    joining_ = true;
    try {
      while (result_ && !slots_.empty() && slots_.front()->done) result_ = join_front(lock);
    } catch (...) {
      if (!lock.owns_lock()) lock.lock();
      failure_ = std::current_exception();
    }
    joining_ = failure_ || !result_;  // nothing is joined behind a failure
    if (joining_ || (ended_ && slots_.empty())) joinable_.notify_one();
  }

  base::Result<void> join_front(std::unique_lock<std::mutex>& lock) {
    Slot& slot = *slots_.front();
    if (slot.failure) std::rethrow_exception(slot.failure);
    if (!slot.result) return slot.result;
    lock.unlock();
    auto ok = steps_.join(slot.part);
    lock.lock();
    if (!ok) return ok;
    if (slot.part.alone) alone_ = false;
    slot.done = false;
    spare_.push_back(std::move(slots_.front()));
    slots_.pop_front();
    changed_.notify_one();
    return {};
  }

  const Steps steps_;
  const std::size_t most_;
  const bool threads_read_, threads_join_;
  std::mutex mutex_;
  std::condition_variable changed_;          // for the threads
  std::condition_variable joinable_;         // for the one that calls run()
  std::deque<std::unique_ptr<Slot>> slots_;  // in file order
  std::vector<std::unique_ptr<Slot>> spare_;
  bool reading_ = false;
  bool joining_ = false;          // with threads_join_, as the next two
  base::Result<void> result_{};   // of joining, so far
  std::exception_ptr failure_{};  // that a thread threw
  bool alone_ = false;            // a part that is alone waits to be joined
  bool ended_ = false;
  bool stopping_ = false;
  std::vector<std::jthread> threads_;  // last: joined before what they use goes
};

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_ORDERED_PARTS_H_
