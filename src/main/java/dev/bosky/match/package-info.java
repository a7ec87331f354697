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
 *   <li>Reading 37 packs as YAML, with 2,000 examples, and finding out what each expression
 *       requires was a third of the agent's work in a boot. The build does it once ({@code
 *       PackWriter}), and the agent takes the result ({@code CompiledPacks}) for each file whose
 *       bytes are still those.
 * </ul>
 *
 * <p>The format, each key with the tests that hold what it does; how keys are read, and what is
 * said of a wrong one, is in {@code PatternLoaderTest}, and the schema for editors in {@code
 * PatternSchemaTest}:
 *
 * <pre>
 *   pack          PatternsInForceTest#teamAndProject_standInTheEventAndInTheOutcomeItDecides
 *                 PatternLoaderTest#load_refusesTwoFilesOfOneFolderWithTheSamePack
 *   team          PatternsInForceTest#teamAndProject_standInTheEventAndInTheOutcomeItDecides
 *   project       PatternsInForceTest#teamAndProject_standInTheEventAndInTheOutcomeItDecides
 *   logs          PatternFormatTest#logs_ofAMarker_winOverThoseOfItsFile
 *                 PatternFormatTest#logs_isTheOutputWhereNothingIsSaid
 *                 SeveralLogsTest#logThatAMarkerNames_isFollowed_forThatMarkerAlone
 *                 SeveralLogsTest#logThatAMarkerNames_goesOnAfterARestart
 *                 SeveralLogsTest#cloudInitsOwnLog_firesNoMarkerOfTheOutput
 *   define        PatternFormatTest#define_isWrittenOnce_alsoWithinAnother
 *   disable       PatternFormatTest#disable_takesShippedMarkersOutOfForce_byNameAndByPack
 *                 PatternLoaderTest#load_disablesMarkersOfTheShippedPacksOnly
 *   mask          PatternFormatTest#mask_coversTheNamedSecret_orTheWholeMatch
 *                 RedactorTest#mask_coversWhatATeamCallsSecret
 *                 MaskIT#agent_leavesNoSecretAnywhere
 *   markers       PatternFormatTest#precedence_isLaterFilesFirst_thenFromTheTop
 *                 PatternFormatTest#precedence_aLaterMarkerOfTheSameName_replaces
 *                 PatternLoaderTest#load_prefersLaterFiles_andReplacesMarkersOfTheSameName
 *   id            PatternsInForceTest#teamAndProject_standInTheEventAndInTheOutcomeItDecides
 *   status        PatternFormatTest#status_isThatOfTheMatch_andIgnoreMakesNone
 *     ignore      PatternFormatTest#ignore_isAskedFirst
 *                 PatternFormatTest#ignore_ofATeam_holdsForItsOwnAndTheShippedMarkers
 *                 PatternFormatTest#ignore_ofAShippedFile_holdsForShippedMarkersOnly
 *   match         PatternFormatTest#match_isSearched_caseSensitive
 *                 PatternFormatTest#match_takesNamedGroupsInBothForms_intoFieldsAndMessage
 *   message       MatchSessionTest#line_fillsTheMessageWithCaptures
 *                 MatchSessionTest#line_takesTheLineItselfAsMessageWithoutTemplate
 *   decisive      PatternsInForceTest#decisive_saysWhetherTheFailureIsTheBoots
 *     if-unhandled  HandledTest#decides_ifUnhandledWhereTheScriptLooksAtNothing
 *                 HandledTest#decides_notIfUnhandledWhereTheScriptMayHaveSeenToIt
 *   stages        MatchSessionTest#line_looksAtTheStage_andMatchesWhileItIsUnknown
 *   cleared_by    PatternFormatTest#clearedBy_takesCapturesForText
 *                 PatternsInForceTest#clearedBy_liftsTheVerdict
 *                 MatchSessionTest#line_takesBackOnlyTheFailureThatTheLineNames
 *   until         PatternFormatTest#until_endsTheBlock_whoseLinesAreNotMatchedAgain
 *                 MatchSessionTest#line_endsABlockAfter200Lines
 *                 MatchSessionTest#tick_endsABlockAfterHalfASecond
 *   context       PatternFormatTest#context_isSoManyLinesBefore
 *                 PatternsInForceTest#context_isBeforeInTheEvent_andThreeLinesAfterInTheOutcome
 *   limit         PatternFormatTest#limit_isFiveWhereNothingIsSaid
 *                 PatternsInForceTest#limit_leavesTheRestToACountInTheOutcome
 *   required      PatternFormatTest#required_thatIsNotSeenByThen_isMissing_once
 *                 PatternFormatTest#required_byTheEnd_isMissingOnlyAtAnEnd
 *                 PatternsInForceTest#required_thatDidNotCome_isAFailure
 *                 PatternsInForceTest#required_isOfTheFirstBootInASavedLog_ifItEnded
 *                 PipelineClockTest#required_isCountedOnOverARestart
 *                 SecondBootTest#required_isWaivedWhereNoUserDataRuns
 *   examples      PatternFormatTest#examples_failWhereAnotherMarkerTakesTheLine_orThisOneMustNot
 *                 PatternsCommandTest#test_failsForAnExampleThatDoesNotHold
 *
 *   ::bosky …::   PatternFormatTest#explicitMarkers_takeALineOfItsOwn
 *                 PatternsInForceTest#explicitMarkers_tellAndDecide
 *     off         AgentIT#agent_takesExplicitMarkersAsConfigured
 *                 ReplayCommandTest#replay_takesExplicitMarkersAsConfigured
 *   max_events    MatchSessionTest#line_suppressesBeyondTheLimitOfTheBoot
 *   a bad file    PatternLoaderTest#load_keepsTheOtherFilesInForce
 *   a change      PatternReloadTest#limits_goOnCounting
 *                 PatternReloadTest#openBlock_isGatheredToItsEnd
 *                 PatternReloadTest#openFailure_isTakenBackAfterwards
 *                 PatternReloadTest#refusedFile_isToldOnce_andTheOldOneStaysInForce
 *                 PatternReloadTest#explicitMarkers_stayOnOrOff
 * </pre>
 */
package dev.bosky.match;
