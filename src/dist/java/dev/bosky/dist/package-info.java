/**
 * Builds the archive: {@code mvn -Pdist package}. Not part of the program.
 *
 * <p>Start at {@link dev.bosky.dist.BuildArchive}, which does in this order what the others know how
 * to do: {@link dev.bosky.dist.Jdk} finds the JDK whose runtime goes in, {@link
 * dev.bosky.dist.RuntimeImage} links it, {@link dev.bosky.dist.SmallJar} takes out of the jar what
 * nobody calls, {@link dev.bosky.dist.Cache} trains the ahead-of-time cache with that very runtime
 * and jar, {@link dev.bosky.dist.Archive} packs the tree, {@link dev.bosky.dist.DebPackage} and {@link
 * dev.bosky.dist.RpmPackage} make packages of it. {@link dev.bosky.dist.BuildAgain} sees to it that a
 * second build gives the same bytes. Java and not a shell script, because most of it is reading and
 * writing archives, where the same sources must give the same bytes.
 */
package dev.bosky.dist;
