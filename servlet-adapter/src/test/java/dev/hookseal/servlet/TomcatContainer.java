package dev.hookseal.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.util.ServerInfo;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** Tomcat. */
public final class TomcatContainer implements Container {
    private final Tomcat tomcat = new Tomcat();
    private final Path folder;
    private final Context context;
    private int names;

    public TomcatContainer() {
        try {
            folder = Files.createTempDirectory("hookseal-tomcat");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        tomcat.setBaseDir(folder.toString());
        tomcat.setHostname("127.0.0.1");
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        context = tomcat.addContext("", folder.toString());
        ErrorReportValve pages = new ErrorReportValve();
        pages.setShowReport(false);
        pages.setShowServerInfo(false);
        tomcat.getHost().getPipeline().addValve(pages);
    }

    @Override
    public String nameAndVersion() {
        return ServerInfo.getServerInfo();
    }

    @Override
    public void addFilter(String urlPattern, Filter filter, Set<DispatcherType> types) {
        FilterDef definition = new FilterDef();
        definition.setFilterName("filter" + names++);
        definition.setFilter(filter);
        definition.setAsyncSupported("true");
        context.addFilterDef(definition);
        FilterMap map = new FilterMap();
        map.setFilterName(definition.getFilterName());
        map.addURLPattern(urlPattern);
        types.forEach(type -> map.setDispatcher(type.name()));
        context.addFilterMap(map);
    }

    @Override
    public void addServlet(String urlPattern, HttpServlet servlet) {
        String name = "servlet" + names++;
        Tomcat.addServlet(context, name, servlet).setAsyncSupported(true);
        context.addServletMappingDecoded(urlPattern, name);
    }

    @Override
    public void addMultipartServlet(String urlPattern, HttpServlet servlet) {
        String name = "servlet" + names++;
        Wrapper wrapper = Tomcat.addServlet(context, name, servlet);
        wrapper.setMultipartConfigElement(new MultipartConfigElement(folder.toString()));
        context.addServletMappingDecoded(urlPattern, name);
    }

    @Override
    public void addErrorPage(String path) {
        ErrorPage page = new ErrorPage();
        page.setLocation(path);
        context.addErrorPage(page);
    }

    @Override
    public int useFewThreads() {
        tomcat.getConnector().setProperty("minSpareThreads", "1");
        tomcat.getConnector().setProperty("maxThreads", "1");
        return 1;
    }

    @Override
    public void start() throws LifecycleException {
        tomcat.start();
    }

    @Override
    public int port() {
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    public void stop() throws IOException, LifecycleException {
        tomcat.stop();
        tomcat.destroy();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
