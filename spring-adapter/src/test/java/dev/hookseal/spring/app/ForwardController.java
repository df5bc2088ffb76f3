package dev.hookseal.spring.app;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.formflow.FormFlowEvent;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.ModelAndView;

/** Handlers that pass a request on. */
@Controller
class ForwardController {
    private final Calls calls;

    ForwardController(Calls calls) {
        this.calls = calls;
    }

    @WebhookEndpoint("to-another")
    @PostMapping("/hooks/to-another")
    ModelAndView toAnother(FormFlowEvent event) {
        calls.add("from " + event.eventId());
        return new ModelAndView("forward:/hooks/eu");
    }

    @WebhookEndpoint("formflow-eu")
    @PostMapping("/hooks/eu")
    @ResponseBody
    String eu(FormFlowEvent event) {
        calls.add("eu " + event.eventId());
        return "eu";
    }
}
