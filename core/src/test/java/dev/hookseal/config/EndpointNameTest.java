package dev.hookseal.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The one rule for names. */
class EndpointNameTest {
    @ParameterizedTest
    @CsvSource({
        "orders-eu, orderseu, orders-eu",
        "ordersEu, orderseu, orders-eu",
        "OrdersEu, orderseu, orders-eu",
        "orders_eu, orderseu, orders-eu",
        "ORDERSEU, orderseu, orderseu",
        "ORDERS_EU, orderseu, orders-eu",
        "FormFlow, formflow, form-flow",
        "formflow, formflow, formflow",
        "eu2Orders, eu2orders, eu2-orders",
    })
    void takesSpellingsForOneName(String spelling, String canonical, String display) {
        assertThat(EndpointName.canonical(spelling)).isEqualTo(canonical);
        assertThat(EndpointName.display(spelling)).isEqualTo(display);
    }
}
