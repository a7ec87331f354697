package dev.bosky.bus;

/** What became of one entry. */
public sealed interface EntryResult permits ReceivedEvent, RefusedEntry {}
