package dev.hookseal.spring.app;

import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;

@WebMvcTest
class WebMvcTestSliceOnBoot4Test extends WebMvcTestSlice {}
