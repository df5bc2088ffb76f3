package dev.hookseal.spring;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@Tag("full")
class ContractOnJettyTest extends ContractOnTomcatTest {

    @Configuration(proxyBeanMethods = false)
    @Import(JettyServer.class)
    static class OnJettyConfiguration {}

    @Override
    List<Class<?>> sources() {
        return List.of(ContractController.Beans.class, StoreOfTheContract.class, OnJettyConfiguration.class);
    }
}
