package dev.bosky.source;

/** One piece of news from a {@link Source}, in the order in which it was read. */
public sealed interface SourceRecord permits LogLine, StatusDocument, SourceNotice {}
