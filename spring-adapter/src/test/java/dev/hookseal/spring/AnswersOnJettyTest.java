package dev.hookseal.spring;

@OnJetty
class AnswersOnJettyTest extends AnswersOverHttpTest {}
