package io.psconnect.testkit.contract;

/** A file's name on the host is the one that was asked for, whatever it holds. */
public interface FileNameRules extends ContractRules {

  /**
   * Blanks in names.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "NAME-01",
      reason = "scp and cmd.exe cut a path at a blank: Win32-OpenSSH#2018.")
  default void blanksMayStandInNames() throws Exception {
    assertCopied("my  file - (1).txt");
  }

  /**
   * Single quotes in names, all five.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "NAME-02",
      reason = "A path put between quotes ends at a quote of its own, and the rest is run as code.")
  default void singleQuotesOfEveryKindMayStandInNames() throws Exception {
    assertCopied("a'b\u2018c\u2019d\u201ae\u201bf'; exit 1 #.txt");
  }

  /**
   * Typographic double quotes in names.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(id = "NAME-03", reason = "PowerShell takes U+201C for a double quote as well.")
  default void typographicDoubleQuotesMayStandInNames() throws Exception {
    assertCopied("a\u201cb\u201dc\u201ed.txt");
  }

  /**
   * ASCII double quotes in names, which Windows does not allow.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "NAME-07",
      reason = "The quote that ends every argument on a command line is a letter of names on Unix.")
  default void plainDoubleQuotesMayStandInNames() throws Exception {
    host().need(Capability.ANY_FILE_NAME);
    assertCopied("a\"b\"c.txt");
  }

  /**
   * Brackets in names.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "NAME-04",
      reason = "-Path takes brackets for wildcards: the file is not found, or another one is.")
  default void bracketsAreNoWildcards() throws Exception {
    assertCopied("a[1]`[b].txt");
  }

  /**
   * Letters of any alphabet in names.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "NAME-05",
      reason = "Names go through code pages of their own: mina-sshd#427, rundeck py-winrm#103.")
  default void lettersOfAnyAlphabetMayStandInNames() throws Exception {
    assertCopied("Gr\u00fc\u00dfe \u65e5\u672c\u8a9e \ud83d\ude80.txt");
  }

  /**
   * What shells interpret, in names.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "NAME-06",
      reason = "Variables, subexpressions and ampersands in a path are a way in for attackers.")
  default void nothingInNamesIsInterpreted() throws Exception {
    assertCopied("$HOME $(exit 1) `n %PATH% & ; ^ @{x} ~.txt");
  }

  private void assertCopied(String name) throws Exception {
    TestFile file = TestFile.random(host(), name.length());
    String folder = host().join(host().newFolder(), "in " + name);
    String target = host().join(folder, name);
    host().connection().streamFile(file.path(), target);
    host().assertAlone(file.sha256(), target);
  }
}
