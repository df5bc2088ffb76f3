package dev.hookseal.spring;

import java.util.List;

class ContractOnJettyTest extends ContractOnTomcatTest {

    @Override
    List<Class<?>> sources() {
        return List.of(ContractController.Beans.class, JettyServer.class);
    }
}
