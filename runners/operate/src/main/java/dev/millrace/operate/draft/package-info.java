/**
 * Drafts of data contracts: records enter, and a contract that they all keep leaves, for people to
 * go on with. Start with {@link dev.millrace.operate.draft.DraftContract}.
 *
 * <p>In here, {@code RecordParser} makes a tree of each record, {@code ObjectProfile} and {@code
 * FieldProfile} take note of the values, {@code KeySearch} and {@code PairSearch} find out which
 * fields tell records apart, {@code EventTimeGuess} which one says when they happened, and {@code
 * DraftYaml} writes all that down. Nothing grows with the number of records but the hashes that
 * {@code HashBudget} allows.
 */
package dev.millrace.operate.draft;
