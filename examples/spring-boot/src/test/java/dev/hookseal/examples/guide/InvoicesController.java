package dev.hookseal.examples.guide;

import dev.hookseal.JsonData;
import dev.hookseal.WebhookEndpoint;
import dev.hookseal.extracta.ExtractaEvent;
import dev.hookseal.extracta.ExtractaFile;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class InvoicesController {
    private final List<Invoice> invoices = new CopyOnWriteArrayList<>();

    @WebhookEndpoint("extracta")
    @PostMapping("/webhooks/extracta")
    void received(ExtractaEvent event) {
        for (ExtractaFile file : event.files()) {
            JsonData data = file.result();
            if (data != null) {
                Fields fields = data.as(Fields.class);
                invoices.add(new Invoice(file.fileId(), file.fileName(), fields.total(), data.asObject()));
            }
        }
    }

    /** Members of the account's own template; others are passed over. */
    record Fields(@Nullable BigDecimal total) {}

    record Invoice(
            @Nullable String fileId,
            @Nullable String fileName,
            @Nullable BigDecimal total,
            @Nullable Object everything) {}

    List<Invoice> invoices() {
        return invoices;
    }
}
