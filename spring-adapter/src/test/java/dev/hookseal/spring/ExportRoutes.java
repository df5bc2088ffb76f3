package dev.hookseal.spring;

import dev.hookseal.config.EndpointRegistry;
import dev.hookseal.formflow.FormFlowEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

@Configuration
class ExportRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(ExportRoutes.class);

    @Bean
    RouterFunction<ServerResponse> exports(EndpointRegistry endpoints) {
        return RouterFunctions.route()
                .POST("/webhooks/exports", this::received)
                .filter(WebhookHandlerFilter.of(endpoints, "formflow", "export"))
                .build();
    }

    private ServerResponse received(ServerRequest request) {
        FormFlowEvent event =
                WebhookHandlerFilter.verified(request, FormFlowEvent.class).event();
        LOG.info("Submission {} is exported", event.submissionId());
        return ServerResponse.noContent().build();
    }
}
