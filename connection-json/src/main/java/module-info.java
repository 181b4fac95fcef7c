/**
 * PowerShell scripts called with objects: JSON in, JSON out, and a script's error as an exception.
 */
module io.psconnect.json {
  requires transitive io.psconnect;
  requires transitive tools.jackson.databind;

  exports io.psconnect.json;
}
