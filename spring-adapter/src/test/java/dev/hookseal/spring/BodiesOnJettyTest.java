package dev.hookseal.spring;

@OnJetty
class BodiesOnJettyTest extends BodiesOverHttpTest {}
