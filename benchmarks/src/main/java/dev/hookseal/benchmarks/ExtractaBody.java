package dev.hookseal.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Bodies as Extracta sends them: one element for each file, with the data of an invoice. Written by Jackson, so that no
 * input comes from the code that is measured; of such data {@code JSON.stringify} would write the same.
 */
final class ExtractaBody {
    private static final String[] CITIES = {"Hannover", "Köln", "Łódź", "Tartu", "São Paulo", "Málaga"};
    private static final String[] GOODS = {"Glass pane", "Bumper, front", "Labour", "Paint", "Windscreen wiper"};

    // fixed, so that every run sends the same
    private static final long SEED = 20_21;

    private final byte[] body;
    private final byte[] signed;

    private ExtractaBody(byte[] body, byte[] signed) {
        this.body = body;
        this.signed = signed;
    }

    /** No white space, nothing escaped that need not be: as {@code JSON.stringify} writes it. */
    static ExtractaBody asJavaScriptWrites(int files) throws JsonProcessingException {
        JsonMapper compact = new JsonMapper();
        List<Map<String, Object>> result = result(files, false);
        return new ExtractaBody(compact.writeValueAsBytes(envelope(result)), compact.writeValueAsBytes(result));
    }

    /** The same data indented, all but ASCII escaped, whole amounts written as {@code 1.0}. */
    static ExtractaBody asAnotherLanguageWrites(int files) throws JsonProcessingException {
        JsonMapper indented = JsonMapper.builder()
                .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                .defaultPrettyPrinter(new DefaultPrettyPrinter())
                .build();
        return new ExtractaBody(
                indented.writerWithDefaultPrettyPrinter().writeValueAsBytes(envelope(result(files, true))),
                new JsonMapper().writeValueAsBytes(result(files, false)));
    }

    /** As it is sent. */
    byte[] body() {
        return body;
    }

    /** What {@code JSON.stringify} makes of its result. */
    byte[] signed() {
        return signed;
    }

    private static Map<String, Object> envelope(List<Map<String, Object>> result) {
        Map<String, Object> envelope = new LinkedHashMap<>();
        envelope.put("event", "extraction.processed");
        envelope.put("result", result);
        return envelope;
    }

    private static List<Map<String, Object>> result(int files, boolean wholeAsDouble) {
        Random random = new Random(SEED);
        List<Map<String, Object>> result = new ArrayList<>();
        for (int i = 0; i < files; i++) {
            Map<String, Object> file = new LinkedHashMap<>();
            file.put("extractionId", "-N" + hex(random, 18));
            file.put("batchId", "b" + hex(random, 12));
            file.put("fileId", "f" + hex(random, 12));
            file.put("fileName", "invoice-" + i + ".pdf");
            file.put("status", "processed");
            file.put("result", invoice(random, wholeAsDouble));
            file.put("url", "https://files.example/" + hex(random, 12) + "/invoice-" + i + ".pdf");
            result.add(file);
        }
        return result;
    }

    private static Map<String, Object> invoice(Random random, boolean wholeAsDouble) {
        Map<String, Object> invoice = new LinkedHashMap<>();
        invoice.put("number", "RE-" + random.nextInt(100_000));
        Map<String, Object> supplier = new LinkedHashMap<>();
        supplier.put("name", "Supplier " + random.nextInt(100) + " & Sons GmbH");
        supplier.put("street", "Long Street " + random.nextInt(1000));
        supplier.put("city", CITIES[random.nextInt(CITIES.length)]);
        supplier.put("vatId", "DE" + (100_000_000 + random.nextInt(900_000_000)));
        invoice.put("supplier", supplier);
        invoice.put("currency", "EUR");
        invoice.put("paid", random.nextBoolean());
        List<Map<String, Object>> items = new ArrayList<>();
        double total = 0;
        for (int i = 0; i < 2; i++) {
            double price = random.nextInt(40_000) / 4.0;
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("text", GOODS[random.nextInt(GOODS.length)]);
            item.put("quantity", 1 + random.nextInt(9));
            item.put("price", amount(price, wholeAsDouble));
            items.add(item);
            total += price;
        }
        invoice.put("items", items);
        invoice.put("total", amount(total, wholeAsDouble));
        return invoice;
    }

    private static Number amount(double amount, boolean wholeAsDouble) {
        boolean whole = amount == Math.rint(amount);
        return whole && !wholeAsDouble ? (Number) (int) amount : (Number) amount;
    }

    private static String hex(Random random, int digits) {
        StringBuilder hex = new StringBuilder(digits);
        while (hex.length() < digits) {
            hex.append(Character.forDigit(random.nextInt(16), 16));
        }
        return hex.toString();
    }
}
