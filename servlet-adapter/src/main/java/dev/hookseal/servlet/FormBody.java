package dev.hookseal.servlet;

import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the parameters of an {@code application/x-www-form-urlencoded} body. */
final class FormBody {
    private static final Logger LOG = LoggerFactory.getLogger(FormBody.class);
    // Nothing may be verified yet, and a parameter takes a hundred times the memory of its byte in the body.
    private static final int MAX_PARAMETERS = 10_000;

    private FormBody() {}

    /**
     * Returns the values by name in the order of the body. A parameter with a broken escape is left out, and so are all
     * beyond the first {@value #MAX_PARAMETERS}.
     */
    static Map<String, List<String>> parse(String body, Charset charset) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        StringTokenizer pairs = new StringTokenizer(body, "&");
        for (int count = 0; pairs.hasMoreTokens(); count++) {
            if (count == MAX_PARAMETERS) {
                LOG.info("A form has more than {} parameters: the others are left out", MAX_PARAMETERS);
                break;
            }
            add(parameters, pairs.nextToken(), charset);
        }
        return parameters;
    }

    private static void add(Map<String, List<String>> parameters, String pair, Charset charset) {
        int equals = pair.indexOf('=');
        try {
            String name = URLDecoder.decode(equals < 0 ? pair : pair.substring(0, equals), charset);
            String value = URLDecoder.decode(equals < 0 ? "" : pair.substring(equals + 1), charset);
            parameters.computeIfAbsent(name, key -> new ArrayList<>(1)).add(value);
        } catch (IllegalArgumentException e) {
            LOG.debug("A form's parameter with a broken escape is left out");
        }
    }
}
