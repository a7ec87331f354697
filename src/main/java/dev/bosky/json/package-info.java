/**
 * JSON trees in and out without Jackson's {@code ObjectMapper}, which takes longer to make than one
 * event to send. What starts with a process that sends one event uses {@link
 * dev.bosky.json.JsonTree}; everything else may use the mapper.
 */
package dev.bosky.json;
