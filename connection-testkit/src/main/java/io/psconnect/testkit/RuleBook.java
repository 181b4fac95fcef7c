package io.psconnect.testkit;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Rules for one kind of call, and the choice among those that fit. */
final class RuleBook<C, A> {
  private final String subject;
  private final Function<C, String> text;
  private final List<Rule<C, A>> newestFirst = new CopyOnWriteArrayList<>();

  /**
   * @param subject what the rules are about, for their descriptions
   * @param text the part of a call in which substrings are looked for
   */
  RuleBook(String subject, Function<C, String> text) {
    this.subject = subject;
    this.text = text;
  }

  Rule<C, A> whenContains(String part) {
    if (Objects.requireNonNull(part, "part").isEmpty()) {
      throw new IllegalArgumentException(
          "part is empty; it must have at least one character of the %s".formatted(subject));
    }
    String description = "%s contains %s".formatted(subject, Quoted.start(part));
    return add(new Rule<>(description, part.length(), call -> text.apply(call).contains(part)));
  }

  /** A predicate is lighter than any substring. */
  Rule<C, A> when(String description, Predicate<? super C> predicate) {
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(predicate, "predicate");
    return add(new Rule<>("%s is %s".formatted(subject, description), 0, predicate));
  }

  private Rule<C, A> add(Rule<C, A> rule) {
    newestFirst.add(0, rule);
    return rule;
  }

  /** The heaviest rule that fits, among equals the newest; those after it are not asked. */
  Optional<Rule<C, A>> find(C call) {
    return inTurn().filter(rule -> rule.fits(call)).findFirst();
  }

  /** What the rules are for, in the order in which they are asked. */
  List<String> descriptions() {
    return inTurn().map(Rule::description).toList();
  }

  /** Sorting keeps the order among equals. */
  private Stream<Rule<C, A>> inTurn() {
    return newestFirst.stream().sorted(Comparator.comparingInt(rule -> -rule.weight()));
  }
}
