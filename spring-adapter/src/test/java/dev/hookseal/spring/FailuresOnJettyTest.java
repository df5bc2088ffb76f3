package dev.hookseal.spring;

@OnJetty
class FailuresOnJettyTest extends FailuresOverHttpTest {}
