package io.psconnect.testkit.contract;

/** What the groups of rules have in common. */
public interface ContractRules {

  /**
   * The host that the rules are tried on.
   *
   * @return always the same object for one test instance
   */
  ContractHost host();
}
