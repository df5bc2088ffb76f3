package dev.hookseal.contract;

import dev.hookseal.observe.DeliveryOutcome;
import dev.hookseal.observe.GenuineDelivery;
import dev.hookseal.store.DeliveryKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What receivers of webhooks get wrong, each with the rules that have to find it. */
enum Fault {
    VERIFIES_NOTHING(
            "rejectsADeliveryWithoutASignature",
            "rejectsAnotherSecret",
            "rejectsTheSecretOfAnotherEvent",
            "rejectsOneByteChanged",
            "rejectsOneByteAdded",
            "rejectsOneByteCut",
            "rejectsTheSameJsonInOtherBytes",
            "rejectsAnotherResultOfExtracta",
            "rejectsAMalformedSignature",
            "rejectsADoubledSignatureHeader",
            "rejectsAMessageOfStandardWebhooksThatWasChanged",
            "rejectsEachForgeryOfEachSample",
            "rejectsAMalformedSignatureOfAProvider") {
        @Override
        SentRequest forgery(SentRequest request, Instant now) {
            return request.body().length == 0 ? request : request.signedAgain();
        }
    },
    LETS_THE_UNSIGNED_THROUGH("rejectsADeliveryWithoutASignature") {
        @Override
        SentRequest forgery(SentRequest request, Instant now) {
            return request.header(SentRequest.SIGNATURE).isEmpty() ? request.signedAgain() : request;
        }
    },
    DECODES_THE_BODY_AS_LATIN_1(
            "keepsBytesBeyondAsciiAsTheyAre",
            "handsOverAMessageOfStandardWebhooks",
            "handsOverEachSampleAsItsProviderReadsIt") {
        @Override
        SentRequest forgery(SentRequest request, Instant now) {
            return request.withBody(
                    new String(request.body(), StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.UTF_8));
        }
    },
    CHANGES_LINE_ENDS("acceptsCarriageReturns", "rejectsTheSameJsonInOtherBytes") {
        @Override
        SentRequest forgery(SentRequest request, Instant now) {
            // what was signed with such line ends is verified without
            SentRequest changed = request.withText(text -> text.replace("\r\n", "\n"));
            SentRequest original = request.withText(text -> text.replace("\n", "\r\n"));
            boolean forged = ContractSecrets.all().anyMatch(original::isSignedBy);
            return forged ? original : changed;
        }
    },
    TRIMS_THE_BODY("acceptsATrailingNewline", "rejectsOneByteAdded") {
        @Override
        SentRequest forgery(SentRequest request, Instant now) {
            return request.withText(String::strip);
        }
    },
    KNOWS_NO_BYTE_ORDER_MARK("acceptsAByteOrderMarkFromExtracta") {
        @Override
        SentRequest forgery(SentRequest request, Instant now) {
            return request.text().startsWith("\uFEFF") ? request.withText(text -> "?" + text) : request;
        }
    },
    VERIFIES_THE_RAW_RESULT_ONLY(
            "acceptsExtractasResultHoweverItWasWrittenAgain", "acceptsABodyThatWasWrittenAgainIfItsProviderDoes") {
        @Override
        SentRequest forgery(SentRequest request, Instant now) {
            boolean rewritten = Stream.of("\n", "\\u00", "\\/").anyMatch(request.text()::contains);
            return request.isGenuineRewritten() && rewritten ? request.withSignature(signature -> "?") : request;
        }
    },
    TAKES_THE_FIRST_OF_TWO_RESULTS("rejectsAnotherResultOfExtracta") {
        @Override
        SentRequest forgery(SentRequest request, Instant now) {
            return request.withText(text -> text.replace(",\"result\":[]}", "}"));
        }
    },
    TAKES_UPPER_CASE("rejectsAMalformedSignature") {
        @Override
        SentRequest forgery(SentRequest request, Instant now) {
            return request.isExtracta()
                    ? request
                    : request.withSignature(signature -> signature.toLowerCase(Locale.ROOT));
        }
    },
    COMPARES_THE_BEGINNING("rejectsAMalformedSignature") {
        @Override
        SentRequest forgery(SentRequest request, Instant now) {
            return request.withSignature(signature -> signature.length() > 64 ? signature.substring(0, 64) : signature);
        }
    },
    DECODES_BASE64_LENIENTLY("rejectsASignatureOfExtractaThatIsWrittenOtherwise") {
        @Override
        SentRequest forgery(SentRequest request, Instant now) {
            return request.withSignature(signature -> signature.length() == 43 ? signature + "=" : signature);
        }
    },
    TAKES_THE_FIRST_SIGNATURE("rejectsADoubledSignatureHeader") {
        @Override
        SentRequest forgery(SentRequest request, Instant now) {
            return request.withHeader(
                    SentRequest.SIGNATURE,
                    request.header(SentRequest.SIGNATURE).stream().limit(1).toList());
        }
    },
    KNOWS_HEADERS_IN_ONE_CASE("acceptsHeaderNamesInAnyCase", "acceptsTheHeadersOfAProviderInAnyCase") {
        @Override
        SentRequest forgery(SentRequest request, Instant now) {
            return request.isShouted() ? request.withoutSignature() : request;
        }
    },
    HAS_ONE_SECRET_FOR_ALL("rejectsTheSecretOfAnotherEvent") {
        @Override
        SentRequest forgery(SentRequest request, Instant now) {
            boolean known = ContractSecrets.all().anyMatch(request::isSignedBy);
            return known ? request.signedAgain() : request;
        }
    },
    TAKES_ANY_SECRET_FOR_A_NEW_EVENT("rejectsAnEventThatHasNoSecret") {
        @Override
        SentRequest forgery(SentRequest request, Instant now) {
            // what it makes of the event does not matter here
            return request.eventType().equals("archived") && !request.path().equals(ContractApplication.STRICT)
                    ? request.withText(text -> text.replace("archived", "extracted"))
                            .signedAgain()
                    : request;
        }
    },
    FORGETS_THE_OLD_SECRET("acceptsTheSecondSecretOfARotation", "acceptsTheSecretThatIsBeingReplaced") {
        @Override
        SentRequest forgery(SentRequest request, Instant now) {
            return request.isOfOldSecret() ? request.withSignature(signature -> "?") : request;
        }
    },
    TAKES_PREFIXES_OFF_TWICE("rejectsAnotherSecret") {
        @Override
        SentRequest forgery(SentRequest request, Instant now) {
            boolean prefixed = request.isExtracta() && request.isSignedBy("E_AI_K_" + ContractSecrets.EXTRACTA.get(0));
            return prefixed ? request.signedAgain() : request;
        }
    },
    KNOWS_ONE_EVENT("handsOverEachDocumentedEventOfFormFlow", "handsOverEachDocumentedEventOfExtracta") {
        @Override
        SentRequest forgery(SentRequest request, Instant now) {
            boolean known = Stream.of("extracted", "extraction.processed")
                    .anyMatch(name -> request.text().contains('"' + name + '"'));
            return known ? request : request.withSignature(signature -> "?");
        }
    },
    REJECTS_EVENTS_THAT_ARE_NOT_DOCUMENTED("handsOverAnEventThatIsNotDocumentedYet") {
        @Override
        SentRequest forgery(SentRequest request, Instant now) {
            return request.eventType().equals("archived") ? request.withBody(new byte[0]) : request;
        }
    },
    HAS_NO_TOLERANCE("rejectsATimeOutsideTheTolerance", "acceptsATimeAtTheLimitAndNoneBeyond") {
        @Override
        SentRequest forgery(SentRequest request, Instant now) {
            if (request.provider() != null) {
                return request.signedAgain();
            }
            return fromNow(request, now) == null
                    ? request
                    : request.withHeader(SentRequest.TIMESTAMP, List.of(now.toString()));
        }
    },
    TAKES_NO_TIME_FOR_A_RIGHT_ONE("rejectsATimeThatCannotBeToldWhereThereIsATolerance") {
        @Override
        SentRequest forgery(SentRequest request, Instant now) {
            return fromNow(request, now) == null
                    ? request.withHeader(SentRequest.TIMESTAMP, List.of(now.toString()))
                    : request;
        }
    },
    HAS_A_TOLERANCE_WITHOUT_ITS_END("acceptsATimeExactlyAtTheTolerance") {
        @Override
        SentRequest forgery(SentRequest request, Instant now) {
            return ContractSecrets.STRICT_TOLERANCE.equals(fromNow(request, now))
                    ? request.withHeader(SentRequest.TIMESTAMP, List.of())
                    : request;
        }
    },
    TAKES_EVENTS_OF_ANY_AGE(
            "rejectsAnEventThatIsTooOld", "rejectsAnEventFromTheFuture", "rejectsAReplayOnceItsDeliveryIsForgotten") {
        @Override
        SentRequest forgery(SentRequest request, Instant now) {
            return request.withText(
                            text -> text.replaceAll("\"timestamp\":\"[^\"]*\"", "\"timestamp\":\"" + now + "\""))
                    .signedAgain();
        }
    },
    HAS_A_REPLAY_WINDOW_WITHOUT_ITS_END("acceptsAnEventExactlyAsOldAsTheReplayWindow") {
        @Override
        SentRequest forgery(SentRequest request, Instant now) {
            return request.text()
                            .contains(now.minus(Duration.ofDays(3)).toString().replace("Z", ".000Z"))
                    ? request.withSignature(signature -> "?")
                    : request;
        }
    },
    IS_CHOOSY_ABOUT_CONTENT_TYPES("acceptsAnyContentType", "acceptsADeliveryOfAProviderWithAnyContentType") {
        @Override
        SentRequest forgery(SentRequest request, Instant now) {
            return request.header("Content-Type").toString().contains("json")
                    ? request
                    : request.withSignature(signature -> "?");
        }
    },
    TAKES_ANY_METHOD("rejectsOtherMethods", "rejectsOtherMethodsThanAProviderUses") {
        @Override
        SentRequest forgery(SentRequest request, Instant now) {
            return request.withMethod("POST");
        }
    },
    MAKES_AN_EVENT_OF_PARAMETERS("makesNoEventOfParameters") {
        @Override
        SentRequest forgery(SentRequest request, Instant now) {
            return request.query().contains("eventId=evil")
                    ? request.withText(text ->
                                    "{\"eventId\":\"evil\",\"eventType\":\"extracted\",\"timestamp\":\"" + now + "\"}")
                            .signedAgain()
                    : request;
        }
    },
    ANSWERS_OPTIONS_ITSELF("rejectsOtherMethods", "rejectsTheQuestionOfABrowserWhetherItMayPost"),
    LOSES_THE_SUBMISSION("handsOverEachDocumentedEventOfFormFlow") {
        @Override
        SentRequest forgery(SentRequest request, Instant now) {
            boolean forged = ContractSecrets.all().noneMatch(request::isSignedBy);
            return forged || request.isExtracta()
                    ? request
                    : request.withText(text -> text.replaceFirst(",\"submissionId\":\"[^\"]*\"", ""))
                            .signedAgain();
        }
    },
    LOSES_THE_SECOND_FILE("handsOverEachDocumentedEventOfExtracta") {
        @Override
        SentRequest forgery(SentRequest request, Instant now) {
            return request.isExtracta()
                    ? request.withText(text -> text.replaceFirst("\\},\\{\"extractionId.*\\]", "}]"))
                            .signedAgain()
                    : request;
        }
    },
    REJECTS_ANOTHER_SHAPE("readsAVerifiedPayloadOfAnotherShape", "readsAnEventWithAMemberThatIsNotDocumented") {
        @Override
        SentRequest forgery(SentRequest request, Instant now) {
            boolean isOther = request.isExtracta() && !request.text().contains("\"result\":[{");
            return isOther || request.text().contains("contractUnexpected") ? request.withBody(new byte[0]) : request;
        }
    },
    DROPS_HALVES_OF_CHARACTERS("whateverIsVerifiedCanBeRead") {
        @Override
        SentRequest forgery(SentRequest request, Instant now) {
            return request.text().contains("\\ud")
                    ? request.withText(text -> text.replaceAll("\\\\ud[89a-f][0-9a-f]{2}", "?"))
                            .signedAgain()
                    : request;
        }
    },
    LOSES_WHAT_IT_DOES_NOT_KNOW("handsOverTheProofWithAllThatIsSigned") {
        @Override
        SentRequest forgery(SentRequest request, Instant now) {
            return request.text().contains("\"region\"")
                    ? request.withText(text -> text.replaceFirst(",\"region\":\"eu\"", ""))
                            .signedAgain()
                    : request;
        }
    },
    DECOMPRESSES_FIRST("rejectsAnEncodedBody") {
        @Override
        SentRequest forgery(SentRequest request, Instant now) {
            return request.withHeader("Content-Encoding", List.of());
        }
    },
    MAKES_AN_EVENT_OF_A_PART("rejectsMultipart") {
        @Override
        SentRequest forgery(SentRequest request, Instant now) {
            int from = request.text().indexOf("{");
            int to = request.text().lastIndexOf("}") + 1;
            return from >= 0
                            && to > from
                            && request.header("Content-Type").toString().contains("multipart")
                    ? request.withHeader("Content-Type", List.of())
                            .withText(text -> text.substring(from, to))
                            .signedAgain()
                    : request;
        }
    },
    READS_ONCE("acceptsChunksOfOneByte"),
    READS_WHAT_CONTENT_LENGTH_SAYS("acceptsChunks", "acceptsChunksOfOneByte"),
    TAKES_A_BODY_THAT_ENDS_EARLY("rejectsABodyThatEndsEarly"),
    LIMITS_ONE_BYTE_LESS("acceptsABodyOfExactlyTheLimit", "acceptsChunksOfExactlyTheLimit"),
    LIMITS_ONE_BYTE_MORE("rejectsMoreThanTheLimitInChunks"),
    LIMITS_CONTENT_LENGTH_ONLY("rejectsMoreThanTheLimitInChunks"),
    READS_THE_BODY_BEFORE_IT_LOOKS_FOR_A_SIGNATURE(
            "answersARequestWithoutASignatureBeforeItsBody", "answersAProvidersRequestWithoutASignatureBeforeItsBody"),
    WAITS_FOR_A_BODY_FOR_EVER("gives408ToABodyThatDoesNotArriveInTime"),
    HOLDS_ALL_THAT_ARRIVES("gives503WhileBodiesThatArriveHoldTooMuch"),
    READS_ALL_BEFORE_IT_LIMITS("rejectsMoreThanTheLimitByItsContentLength", "readsNoMoreThanTheLimit"),
    ANSWERS_500_TO_GARBAGE(
            "rejectsWhatTheProviderDoesNotSendThoughItIsSigned",
            "answersGarbageWithoutAServerError",
            "endsTheConnectionOfABodyThatCannotBeRead",
            "readsNoMemberOfAnotherKindWithAServerError",
            "readsNoGarbageThatIsSignedWithAServerError"),
    GIVES_THE_REASON("givesNoReason", "rejectsADeliveryWithoutASignature"),
    HINTS_IN_A_HEADER("answersEveryForgeryAlike", "answersEveryForgeryOfAProviderAlike"),
    SENDS_NO_RETRY_AFTER("says409WhileTheSameDeliveryIsHandled", "says503WhileTheStoreIsDown"),
    HANDLES_WITHOUT_THE_STORE("says503WhileTheStoreIsDown"),
    HANDLES_REPEATS(
            "acknowledgesARedeliveryOfWhatWasHandled",
            "acknowledgesARedeliveryToAnAsynchronousHandler",
            "acknowledgesARetryOfStandardWebhooksThatIsSignedAgain",
            "recognisesARedeliveryByItsSignedIdAlone"),
    COMPARES_THE_FIRST_OF_SEVERAL_SIGNATURES("handsOverADeliveryOfACustomProviderWithAnyOfItsSignatures") {
        @Override
        SentRequest forgery(SentRequest request, Instant now) {
            List<String> values = request.header(ContractProvider.SIGNATURE_HEADER);
            return values.isEmpty()
                    ? request
                    : request.withHeader(
                            ContractProvider.SIGNATURE_HEADER,
                            List.of(values.get(0).replaceFirst(",v1=[^,]*$", "")));
        }
    },
    DROPS_THE_QUERY("verifiesTheRegisteredUrlWithTheQueryAsItWasSent", "verifiesTheQueryIfTheProviderSignsTheUrl") {
        @Override
        SentRequest forgery(SentRequest request, Instant now) {
            return request.withQuery("");
        }
    },
    ANSWERS_NO_QUESTION("answersAChallengeInItsShapeAlone") {
        @Override
        SentRequest forgery(SentRequest request, Instant now) {
            return request.withQuery("");
        }
    },
    ECHOES_WHAT_IT_IS_ASKED("echoesNothingThatABrowserCouldRender") {
        @Override
        SentRequest forgery(SentRequest request, Instant now) {
            return request.withQuery(
                    request.query().replaceAll("%[0-9A-Fa-f]{2}|[()]", "").replaceAll("x{100,}", "x"));
        }
    },
    TAKES_A_HANDSHAKE_FOR_A_DELIVERY("answersASignedHandshakeAndNoUnsignedOne", "answersAHandshakeItself") {
        @Override
        SentRequest forgery(SentRequest request, Instant now) {
            return request.withText(text -> text.replace("ping", "event"));
        }
    },
    TAKES_THE_SAME_BODY_FOR_A_REPEAT("recognisesARedeliveryByItsSignedIdAlone"),
    TAKES_ANY_SECOND_DELIVERY_FOR_A_REPEAT("handlesADeliveryWithAnotherId"),
    TAKES_HEADERS_FOR_GRANTED("needsNoneOfTheHeadersThatAreNotSigned"),
    KNOWS_NO_DELIVERY_IN_PROGRESS("says409WhileTheSameDeliveryIsHandled", "oneDeliveryFromManySendersIsHandledOnce"),
    NEVER_COMPLETES("acknowledgesARedeliveryOfWhatWasHandled"),
    LOSES_WHAT_FAILED("handlesARedeliveryOfWhatFailed", "handlesARedeliveryOfWhatWasAnsweredWithAnError"),
    TAKES_ANY_ANSWER_FOR_HANDLED("handlesARedeliveryOfWhatWasAnsweredWithAnError"),
    SETTLES_AFTER_ITS_ANSWER("aRedeliverySentOnTheAnswerIsAcknowledged"),
    HIDES_FAILURES("verifiesOnceThoughTheHandlerFails", "handlesARedeliveryOfWhatFailed"),
    TAKES_SOME_FAILURES_FOR_A_LOST_CONNECTION("aFailureThatLooksLikeALostConnectionIsAFailure"),
    ACKNOWLEDGES_ERRORS("anErrorIsAFailure"),
    ACKNOWLEDGES_WHAT_AN_ERROR_HANDLER_ANSWERS("aFailureWhoseErrorHandlerSaysNoStatusIsAFailure"),
    OVERRULES_THE_APPLICATION("aFailureThatTheApplicationAcknowledgesIsHandled"),
    SETTLES_BEFORE_IT_ENCODES("anAnswerThatCannotBeEncodedIsAFailure"),
    ANSWERS_404_TO_NOTHING("aHandlerMayAnswerNothing"),
    GIVES_A_SENDER_WHAT_IT_ACCEPTS("whatASenderAcceptsDecidesNothing"),
    HOLDS_BACK_WHAT_IS_FLUSHED("sendsWhatAHandlerFlushesWhileItWorksOn"),
    TAKES_A_FLUSHED_ANSWER_FOR_HANDLED("reportsAFailureAfterTheAnswerWentOut"),
    FORGETS_WHAT_TIMED_OUT("says409WhileAHandlerWorksOnAfterItsTimeOut"),
    LOGS_NO_EXCEPTION("logsAFailedHandlerWithWhatItThrewOrAnswered"),
    MAKES_A_PAGE_OF_A_FAILURE("keepsTheFrameworksAnswerToAFailure"),
    VERIFIES_TWICE("verifiesOnce", "verifiesOnceThoughTheHandlerFails"),
    VERIFIES_EVERY_ROUTE("leavesOtherRoutesAlone", "leavesOtherRoutesAloneThoughTheyAreSentADelivery"),
    LEAVES_NO_BODY_TO_THE_HANDLER("aHandlerMayReadTheBodyToo"),
    ENDS_WITH_THE_THREAD("aHandlerMayAnswerAsynchronously"),
    ANSWERS_FOR_THE_HANDLER("theSenderGetsTheHandlersOwnAnswer"),
    CALLS_THE_HANDLER_FOR_EVERY_EVENT("acknowledgesAnEventThatIsNotAskedFor"),
    MIXES_UP_SENDERS("manySendersGetEachTheirOwnAnswer"),
    LOGS_NOTHING("logsOneLineForWhatItRejects", "logsNothingThatIsSecret") {
        @Override
        String line(DeliveryOutcome outcome) {
            return "";
        }
    },
    LOGS_TWICE("logsOneLineForWhatItRejects") {
        @Override
        String line(DeliveryOutcome outcome) {
            return super.line(outcome) + super.line(outcome);
        }
    },
    LOGS_THE_SECRET("logsNothingThatIsSecret", "logsNothingThatAProviderKeepsSecret") {
        @Override
        String line(DeliveryOutcome outcome) {
            return super.line(outcome) + "tried: " + ContractSecrets.all().toList() + "\n";
        }
    },
    LOGS_NAMES_AS_THEY_ARE("letsNobodyWriteALineIntoTheLog") {
        @Override
        String line(DeliveryOutcome outcome) {
            return super.line(outcome) + "event "
                    + outcome.genuine().map(GenuineDelivery::eventName).orElse("") + "\n";
        }
    },
    /** Nothing of the sort. */
    NONE();

    @SuppressWarnings("ImmutableEnumChecker") // it is a Set.of
    private final Set<String> foundBy;

    Fault(String... foundBy) {
        this.foundBy = Set.of(foundBy);
    }

    /** The rules that have to find it. */
    Set<String> foundBy() {
        return foundBy;
    }

    /** Whether a rule that finds it waits for seconds, most often for what does not happen. */
    boolean isFoundByWaiting() {
        return EnumSet.of(
                        READS_THE_BODY_BEFORE_IT_LOOKS_FOR_A_SIGNATURE,
                        WAITS_FOR_A_BODY_FOR_EVER,
                        HOLDS_ALL_THAT_ARRIVES,
                        READS_ALL_BEFORE_IT_LIMITS,
                        KNOWS_NO_DELIVERY_IN_PROGRESS,
                        HOLDS_BACK_WHAT_IS_FLUSHED)
                .contains(this);
    }

    /** What is verified in the place of what was sent. */
    SentRequest forgery(SentRequest request, Instant now) {
        return request;
    }

    /** What is logged of a decision. */
    String line(DeliveryOutcome outcome) {
        String reason = outcome instanceof DeliveryOutcome.Rejected rejected
                ? rejected.reason().tag()
                : "";
        String handled = outcome instanceof DeliveryOutcome.HandlerRan ran
                ? ran.result().status() + " " + ran.result().failure()
                : "";
        return outcome.kind() + " at " + outcome.endpoint() + " " + reason + " "
                + outcome.deliveryKey().map(DeliveryKey::toString).orElse("") + " " + handled + "\n";
    }

    private static @Nullable Duration fromNow(SentRequest request, Instant now) {
        List<String> values = request.header(SentRequest.TIMESTAMP);
        try {
            return values.size() == 1
                    ? Duration.between(Instant.parse(values.get(0)), now).abs()
                    : null;
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
