/**
 * Conditions on one record, written in SQL: text and a {@link dev.millrace.record.RecordSchema}
 * enter, a {@link dev.millrace.stages.sql.Condition} leaves, compiled. What can fail is the text:
 * {@link dev.millrace.stages.sql.ConditionException} says in one line why it is no such condition.
 * Start with {@link dev.millrace.stages.sql.Condition}, whose Javadoc says which SQL it is.
 *
 * <p>The engine is Apache Calcite, and no other package names it. In here, its parser makes a tree,
 * {@code Vocabulary} lets through what one record decides and finds the fields, its validator gives
 * types, {@code SafeCalls} sees to what Calcite computes otherwise than records need it, {@code
 * Constants} computes what no record decides, and its code generator makes Java source, which a
 * worker compiles when it first needs it. Whatever the engine throws at the text of a condition
 * becomes a {@code ConditionException}: there is no silent pass.
 */
package dev.millrace.stages.sql;
