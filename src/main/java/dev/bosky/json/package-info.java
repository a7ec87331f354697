/**
 * JSON trees in and out without Jackson's {@code ObjectMapper}, which takes longer to make than one
 * event to send, and is a tenth of the classes that the agent would have in memory. All that the
 * agent and a call come along uses {@link dev.bosky.json.JsonTree}; a command that a person waits
 * for may use the mapper.
 */
package dev.bosky.json;
