/**
 * What the product promises, shown on the packed program: one class per line of "Shows", run by
 * {@code mvn verify -Pacceptance}, each with its rows in {@code experiments/target/acceptance/table.md}. Accuracies and
 * equalities fail; wall times are only reported. {@code -Dit.test='Shows03*'} takes one class.
 */
package firstspike.acceptance;
