package dev.hookseal.spring;

@OnJetty
class AsyncHandlersOnJettyTest extends AsyncHandlersOverHttpTest {}
