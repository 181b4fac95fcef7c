/** A typed client, in the manner of one for Hyper-V. */
module com.example.hyperv {
  requires transitive io.psconnect.json;

  exports com.example.hyperv;

  // Jackson makes the records.
  opens com.example.hyperv to
      tools.jackson.databind;
}
