/**
 * Pattern files and what they find: lines in, signals out.
 *
 * <p>Start at {@link dev.bosky.match.MatchSession}: it takes the lines of one boot and answers with
 * {@link dev.bosky.match.MatchSignal}s. Its markers come from a {@link dev.bosky.match.PatternSet},
 * which {@link dev.bosky.match.PatternLoader} reads from files.
 *
 * <pre>
 *   files -> PatternLoader -> PatternSet ---------.
 *               | Problems                        v
 *   CleanLine ----------------------------> MatchSession -> MatchSignal (masked)
 * </pre>
 *
 * <p>Why it is so:
 *
 * <ul>
 *   <li>A pattern file must not be able to hang a boot: expressions are RE2, linear in the length
 *       of the line, and bounded in size before they are compiled.
 *   <li>Most lines match nothing. One pass over a line's bytes ({@code Prefilter}) says by the
 *       texts they require which expressions are worth a try; of those that are, an automaton
 *       ({@code LazyDfa}) rules out nearly all that do not match. Only then is the line decoded and
 *       RE2/J asked, for the captures.
 *   <li>A line makes at most one event. {@code LineMatcher} says whose it is.
 *   <li>Secrets are masked where signals are made ({@code Redactor}), so nobody after this package
 *       has to think of it: by their form ({@code TokenForms}), by the name beside them ({@code
 *       NamedSecrets}), by the lines before them ({@code SecretLines}). A mask is as long as what
 *       it hides, so captures keep their places.
 *   <li>YAML turns texts into something else without a word. {@code YamlTraps} names what it did.
 * </ul>
 */
package dev.bosky.match;
