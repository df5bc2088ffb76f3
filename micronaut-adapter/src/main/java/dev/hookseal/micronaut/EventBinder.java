package dev.hookseal.micronaut;

import dev.hookseal.VerifiedWebhook;
import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import java.util.Optional;
import java.util.function.Function;

/** Hands over what was verified; without a verified delivery its parameters stay unsatisfied, whatever is sent. */
record EventBinder<T>(Argument<T> argumentType, Function<VerifiedWebhook<?>, Object> view)
        implements TypedRequestArgumentBinder<T> {

    @Override
    public BindingResult<T> bind(ArgumentConversionContext<T> context, HttpRequest<?> request) {
        Optional<T> value = AdmittedRun.of(request)
                .map(run -> view.apply(run.delivery().webhook()))
                .filter(context.getArgument()::isInstance)
                .map(argumentType.getType()::cast);
        return value.isPresent() ? () -> value : BindingResult.unsatisfied();
    }
}
