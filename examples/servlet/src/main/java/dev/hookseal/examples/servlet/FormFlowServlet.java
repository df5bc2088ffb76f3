package dev.hookseal.examples.servlet;

import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.servlet.WebhookFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

final class FormFlowServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        FormFlowEvent event =
                WebhookFilter.verified(request, FormFlowEvent.class).event();
        Map<String, Object> bound = new LinkedHashMap<>();
        bound.put("eventId", event.eventId());
        bound.put("timestamp", event.timestamp().toString());
        bound.put("submissionId", event.submissionId());
        bound.put("templateId", event.templateId());
        Answer.write(response, event.typeName(), bound);
    }
}
