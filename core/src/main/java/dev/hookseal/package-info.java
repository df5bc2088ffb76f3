/** What a user meets first. */
package dev.hookseal;
