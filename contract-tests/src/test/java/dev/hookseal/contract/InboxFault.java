package dev.hookseal.contract;

import java.util.Set;

/** What inboxes get wrong, each with rules that have to find it. */
enum InboxFault {
    ANSWERS_BEFORE_IT_HAS_STORED("hasStoredADeliveryBeforeItIsAnswered"),
    CHECKS_THEN_INSERTS("acceptsOneOfManyAtTheSameTime"),
    CHECKS_THEN_TAKES("handlesADeliveryOnceOnManyNodes"),
    FOLDS_CASE("acceptsEveryKeyAndKeepsThemApart"),
    CUTS_LONG_KEYS("acceptsEveryKeyAndKeepsThemApart"),
    WRITES_THE_BODY_AGAIN("givesTheListenerWhatWasVerified"),
    CUTS_LARGE_BODIES("givesTheListenerEachByteOfALargeBody"),
    FORGETS_AT_ONCE(
            "acceptsADeliveryAndHandlesItOnce",
            "answersADuplicateWith200WhateverHasBecomeOfTheFirst",
            "remembersForAsLongAsTheRetention"),
    FORGETS_WHAT_WAITS("handlesWhatHasWaitedForLongerThanTheRetention"),
    REMEMBERS_FOR_EVER("acceptsTheSameAgainOnceItsRetentionIsOver"),
    TRIES_WITHOUT_A_WAIT("triesAFailedDeliveryAgainAfterAWait"),
    TRIES_FOR_EVER("parksADeliveryAfterTheLastAttempt"),
    LOSES_PARKED(
            "parksADeliveryAfterTheLastAttempt",
            "parksADeliveryAtOnceIfTheListenerSaysSo",
            "answersADuplicateWith200WhateverHasBecomeOfTheFirst"),
    COUNTS_NO_ERRORS("countsAnErrorAsAFailedAttempt"),
    KNOWS_NO_PARK_EXCEPTION("parksADeliveryAtOnceIfTheListenerSaysSo"),
    WAITS_FOR_WHAT_FAILED_BEFORE("handlesOthersBesideOneThatFails"),
    RERUNS_TWICE("runsAgainOnceForManyOperators", "runsAParkedDeliveryAgainFromItsFirstAttempt"),
    RERUNS_THE_LAST_ATTEMPT_ONLY("runsAParkedDeliveryAgainFromItsFirstAttempt"),
    HANDLES_WHAT_IS_DISCARDED("neverHandlesWhatIsDiscardedOrErased"),
    DELETES_WHAT_IS_ERASED(
            "answersADuplicateWith200WhateverHasBecomeOfTheFirst", "neverHandlesWhatIsDiscardedOrErased"),
    DISCARDS_WHAT_RUNS("discardsNothingThatAListenerHas"),
    COUNTS_A_MISSING_LISTENER("leavesADeliveryWithoutAListenerToAnotherVersionOfTheApplication"),
    PARKS_WITHOUT_A_LISTENER("leavesADeliveryWithoutAListenerToAnotherVersionOfTheApplication"),
    WAITS_FOR_A_LISTENER_FOR_EVER("parksADeliveryThatHasNoListenerForAnHour"),
    COMMITS_EACH_STATEMENT(
            "commitsWhatATransactionalListenerWritesWithTheCompletion",
            "rollsBackWhatATransactionalListenerWritesIfItFails",
            "rollsBackWhatATransactionalListenerWritesIfTheDeliveryIsTakenFromIt"),
    ROLLS_BACK_UNCHECKED_EXCEPTIONS_ONLY("rollsBackWhatATransactionalListenerWritesIfItFails"),
    /** Commits, and completes in another transaction. */
    COMPLETES_AFTER_THE_COMMIT(
            "rollsBackWhatATransactionalListenerWritesIfTheDeliveryIsTakenFromIt",
            "showsWhatATransactionalListenerWritesTogetherWithTheCompletion"),
    /** The same, but looks before the commit whether it still has the delivery. */
    CHECKS_AND_COMPLETES_AFTER_THE_COMMIT("showsWhatATransactionalListenerWritesTogetherWithTheCompletion"),
    COMPLETES_BEFORE_THE_COMMIT(
            "completesNothingWhoseTransactionIsLost", "showsWhatATransactionalListenerWritesTogetherWithTheCompletion"),
    KNOWS_NO_FENCE(
            "rollsBackWhatATransactionalListenerWritesIfTheDeliveryIsTakenFromIt",
            "completesNothingThatWasTakenFromAListener",
            "failsNothingThatWasTakenFromAListener",
            "completesNothingThatAnotherWorkerHas"),
    /** Completes what a worker has, even another one. */
    KNOWS_NO_TOKEN("completesNothingThatAnotherWorkerHas"),
    GOES_BY_THE_NODES_CLOCK(
            "aNodeWhoseClockIsAheadTakesNothingFromAnother",
            "aNodeWhoseClockIsAheadTriesNothingBeforeItsTime",
            "aNodeWhoseClockIsAheadForgetsNothingBeforeItsTime",
            "aNodeWhoseClockIsBehindHandlesWhatAnotherHasAccepted"),
    KEEPS_NO_HEARTBEAT("keepsADeliveryFromOthersHoweverLongItsListenerRuns"),
    HOLDS_WHAT_A_STOPPED_NODE_HAD("givesBackWhatAListenerHasWhenTheApplicationEnds"),
    /** Nothing of the sort. */
    NONE();

    @SuppressWarnings("ImmutableEnumChecker") // it is a Set.of
    private final Set<String> foundBy;

    InboxFault(String... foundBy) {
        this.foundBy = Set.of(foundBy);
    }

    /** Returns the rules that have to find it. */
    Set<String> foundBy() {
        return foundBy;
    }
}
