package io.psconnect.local.contract;

import io.psconnect.Connection;
import java.util.function.UnaryOperator;

/**
 * A connection with one fault, made from one that has none.
 *
 * @param rule the rule that must catch it
 * @param fault what is wrong with it
 * @param make puts the fault on a connection
 */
record WrongConnection(String rule, String fault, UnaryOperator<Connection> make) {}
