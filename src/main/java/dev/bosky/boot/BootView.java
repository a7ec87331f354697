package dev.bosky.boot;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Where a boot stands: what goes into an event's {@code Boot} block. What is not known is empty.
 *
 * @param number which boot of this instance it is, from 1
 * @param ranUserData whether the user data's scripts were run in this boot; a later boot of an
 *     instance runs none
 * @param script the script that is running, such as {@code part-001}
 * @param uptimeSeconds time since the kernel started
 * @param cloudInit cloud-init's version
 */
public record BootView(
    OptionalInt number,
    Optional<Boolean> ranUserData,
    Optional<Stage> stage,
    Optional<String> script,
    OptionalDouble uptimeSeconds,
    Optional<String> cloudInit) {}
