package dev.hookseal.contract;

import java.util.Set;

/** What shared stores get wrong, each with rules that have to find it. */
enum StoreFault {
    CHECKS_THEN_INSERTS(
            "grantsOneOfManyThatClaimAtTheSameTime",
            "grantsOneOfManyOnTwoNodes",
            "grantsOneOfManyThatClaimOnceTheLeaseIsOver"),
    KNOWS_NO_TOKEN(
            "keepsAnothersClaimFromALateFinisher", "rejectsATokenThatItNeverGave", "rejectsTheTokenOfAnotherDelivery"),
    GOES_BY_THE_NODES_CLOCK(
            "aNodeWhoseClockIsAheadTakesNoClaimBeforeItsTime",
            "aNodeWhoseClockIsAheadHoldsItsClaimNoLonger",
            "aNodeWhoseClockIsBehindHoldsItsClaimAsLong",
            "whatANodeWhoseClockIsWrongCompletesIsRememberedAsLong"),
    FOLDS_CASE("tellsKeysApartByCase", "tellsKeysApartByEveryCharacter"),
    CUTS_LONG_KEYS("tellsLongKeysApartByTheirLastCharacter"),
    REJECTS_LONG_KEYS("takesAKeyOfTheGreatestLength"),
    REMEMBERS_ON_ONE_NODE("anotherNodeSeesWhatIsClaimedAndCompleted"),
    GRANTS_NOTHING("grantsTheFirstClaim"),
    HOLDS_CLAIMS_FOR_EVER("grantsAgainOnceTheLeaseIsOver", "doesNotProlongAnothersLeaseForALateFinisher"),
    PROLONGS_LEASES("doesNotProlongALeaseWhenItIsAskedAgain"),
    ENDS_LEASES_EARLY("holdsAClaimUntilJustBeforeTheLeaseIsOver", "saysInProgressUntilTheFirstIsSettled"),
    COMPLETES_WHAT_IS_OVER("rejectsToCompleteOrReleaseForALateFinisher"),
    COMPLETES_TWICE("completesAClaimOnce", "completesAClaimOnceForManyAtTheSameTime"),
    RELEASES_NOTHING("grantsAgainOnceItWasReleased", "releasesAClaimOnce", "anotherNodeIsGrantedWhatWasReleased"),
    REMEMBERS_FOR_THE_LEASE("remembersUntilJustBeforeTheRetentionIsOver", "saysCompletedOnceItWasCompleted"),
    REMEMBERS_FOR_EVER("forgetsOnceTheRetentionIsOver"),
    PROLONGS_RETENTION("doesNotProlongTheRetentionWhenItIsAskedAgain"),
    HAS_ONE_ROW("keepsDeliveriesApart"),
    TAKES_THE_RETENTION_INTO_THE_KEY("takesKeysOfTheSameTextForTheSame"),
    PURGES_CLAIMS("purgesNothingThatCounts", "grantsOneOfManyThatClaimBesideAPurge"),
    /** Nothing of the sort. */
    NONE();

    @SuppressWarnings("ImmutableEnumChecker") // it is a Set.of
    private final Set<String> foundBy;

    StoreFault(String... foundBy) {
        this.foundBy = Set.of(foundBy);
    }

    /** Returns the rules that have to find it. */
    Set<String> foundBy() {
        return foundBy;
    }
}
