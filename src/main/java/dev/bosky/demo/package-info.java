/**
 * {@code bosky demo}: the whole flow on a laptop, with no AWS account. Start at {@link
 * dev.bosky.demo.Demo}.
 *
 * <p>Nothing in it is acted but the boot: {@link dev.bosky.demo.RecordedBoot} writes the log of a
 * boot that was run for this purpose, line by line as cloud-init would; the agent, the sink and the
 * bus are the real ones.
 */
package dev.bosky.demo;
