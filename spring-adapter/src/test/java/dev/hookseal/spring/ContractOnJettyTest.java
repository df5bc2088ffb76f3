package dev.hookseal.spring;

import java.util.List;
import org.eclipse.jetty.server.Server;

class ContractOnJettyTest extends ContractOnTomcatTest {

    @Override
    List<Class<?>> sources() {
        return List.of(ContractController.Beans.class, OnJetty.Server.class);
    }

    @Override
    String server() {
        return "Jetty " + Server.getVersion();
    }
}
