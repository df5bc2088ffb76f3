package dev.hookseal.spring;

import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/**
 * Fails an annotated handler whose answer is work that is not waited for, where the handler's declared type does not
 * tell, as with {@code ResponseEntity<?>}.
 */
@ControllerAdvice
final class WebhookBodyCheck implements ResponseBodyAdvice<Object> {

    @Override
    public boolean supports(MethodParameter returnType, Class<? extends HttpMessageConverter<?>> converter) {
        return true;
    }

    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object body,
            MethodParameter returnType,
            MediaType contentType,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        if (body instanceof Future<?>
                && request instanceof ServletServerHttpRequest servlet
                && CurrentDelivery.find(servlet.getServletRequest()) != null) {
            throw new IllegalStateException("The handler answered with a "
                    + body.getClass().getName() + ", which Spring MVC does not wait for: " + HandlerAnswers.WAIT);
        }
        return body;
    }
}
