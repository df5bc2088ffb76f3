package dev.hookseal.spring.app;

import org.springframework.boot.test.autoconfigure.web.servlet.WebMvcTest;

@WebMvcTest
class WebMvcTestSliceTest extends WebMvcTestSlice {}
