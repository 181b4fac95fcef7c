package io.psconnect.testkit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** Which calls it is for, and the answers that they get in turn. */
final class Rule<C, A> {
  private final String description;
  private final int weight;
  private final Predicate<? super C> condition;
  private final Deque<Reply<A>> replies = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();

  /**
   * @param weight which of several that fit answers: the heaviest
   */
  Rule(String description, int weight, Predicate<? super C> condition) {
    this.description = description;
    this.weight = weight;
    this.condition = condition;
  }

  boolean fits(C call) {
    return condition.test(call);
  }

  int weight() {
    return weight;
  }

  String description() {
    return description;
  }

  void add(Duration delay, A answer) {
    lock.lock();
    try {
      replies.add(new Reply<>(delay, answer));
    } finally {
      lock.unlock();
    }
  }

  Reply<A> next() {
    lock.lock();
    try {
      if (replies.isEmpty()) {
        throw new AssertionError("the rule '%s' has no answer".formatted(description));
      }
      return replies.size() > 1 ? replies.remove() : replies.peek();
    } finally {
      lock.unlock();
    }
  }

  static Duration requireDelay(Duration delay) {
    if (Objects.requireNonNull(delay, "delay").isNegative()) {
      throw new IllegalArgumentException("delay is %s; it must be zero or more".formatted(delay));
    }
    return delay;
  }
}
