package io.psconnect.local.contract;

import io.psconnect.testkit.contract.ConnectionContract;
import io.psconnect.testkit.contract.ContractRule;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The rules of the contract, as its annotations have them. */
final class Rules {
  private Rules() {}

  static List<Method> all() {
    return Stream.of(ConnectionContract.class.getMethods())
        .filter(method -> method.isAnnotationPresent(ContractRule.class))
        .toList();
  }

  static String id(Method rule) {
    return rule.getAnnotation(ContractRule.class).id();
  }

  static String reason(Method rule) {
    return rule.getAnnotation(ContractRule.class).reason();
  }

  static Map<String, Method> byId() {
    Map<String, Method> rules = new TreeMap<>();
    all().forEach(rule -> rules.put(id(rule), rule));
    return rules;
  }
}
